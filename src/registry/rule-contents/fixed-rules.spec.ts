import { describe, expect, it } from '@jest/globals';
import { SecretText } from '../../common/crypto/secret-text.js';
import { SettingsFileSource } from '../../settings/settings-file-source.js';
import { checkedRules } from './fixed-rules.js';

const USER = { repositoryPattern: 'a/*', actions: ['PULL', 'PUSH'], subjectKind: 'USER', username: 'Lin' };
const AT_ZOT = { repositoryPattern: 'a/*', actions: ['PULL'], subjectKind: 'ANYONE', service: 'zot' };

describe(checkedRules, () => {
  const sourceOf = (...accessRules: readonly object[]) => {
    const text = new SecretText(JSON.stringify({ accessRules }));
    return new SettingsFileSource({ path: 'x', text, isOpen: false, variable: () => undefined });
  };
  const toldOf = (services: readonly { name: string }[] | null, ...rules: readonly object[]) =>
    checkedRules(sourceOf(...rules), services).problems.map(({ name, problem }) => `${name} ${problem}`);

  it('refuses a rule that says what an earlier one says, also in another spelling or order', () => {
    const again = { ...USER, username: 'LIN', actions: ['PUSH', 'PULL'], groupName: null };
    expect(toldOf([], USER, again)).toEqual(['accessRules[1] says the same as accessRules[0].']);
    expect(checkedRules(sourceOf(USER, again), []).rules).toHaveLength(1);
    expect(toldOf([], USER, { ...USER, username: 'sam' })).toEqual([]);
  });

  it('refuses a service that is not there, and none where the services are not known', () => {
    const refusal = 'accessRules[0].service must be one of the names in REGISTRY_SERVICES, or null.';
    expect(toldOf([{ name: 'registry' }], AT_ZOT)).toEqual([refusal]);
    expect(toldOf([{ name: 'zot' }], AT_ZOT)).toEqual([]);
    expect(toldOf(null, AT_ZOT)).toEqual([]);
    expect(toldOf(null, { ...AT_ZOT, service: 7 })).toEqual([refusal]);
  });
});
