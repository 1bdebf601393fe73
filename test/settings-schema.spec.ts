import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkedFixed } from '../src/registry/rule-contents/index.js';
import { SecretText } from '../src/common/crypto/secret-text.js';
import { SettingsFileSource } from '../src/settings/settings-file-source.js';

const SCHEMA = JSON.parse(readFileSync('docs/settings.schema.json', 'utf8')) as object;
const RULE = { repositoryPattern: 'team/**', actions: ['PULL'], subjectKind: 'AUTHENTICATED' };
const withRule = (changes: object) => ({ accessRules: [{ ...RULE, ...changes }] });
const OIDC = { endpoint: 'https://id.example.org', clientId: 'x', clientSecret: { env: 'HOME' } };

describe('The JSON Schema of the settings file', () => {
  const accepts = new Ajv({ strict: false }).compile(SCHEMA);
  const isAccepted = (value: unknown) => accepts(value);
  const isSound = (value: unknown) => {
    const file = { path: 'x', text: new SecretText(JSON.stringify(value)), isOpen: false, variable: () => 'secret' };
    return checkedFixed(new SettingsFileSource(file), [{ name: 'zot' }]).problems.length === 0;
  };

  it.each<[string, object]>([
    ['nothing', {}],
    ['sections without anything', { oidc: null, accessRules: null }],
    [
      'a setting of each kind',
      { selfRegistration: true, sessionIdleMinutes: 30, registryAddresses: ['r.example.org'] },
    ],
    [
      'the provider',
      { authMode: 'OIDC', oidc: { ...OIDC, groupsClaim: null, clientAuthentication: 'client_secret_post' } },
    ],
    ['a secret as a text', { oidc: { ...OIDC, clientSecret: 'hunter2' } }],
    ['parameters', { oidc: { extraRedirectParameters: [{ name: 'hd', value: 'example.org' }] } }],
    ['a rule for everybody', withRule({ subjectKind: 'ANYONE' })],
    ['a rule for a user', withRule({ subjectKind: 'USER', username: 'lin', service: 'zot' })],
    ['a rule for a group', withRule({ subjectKind: 'GROUP', groupName: 'crew', service: null })],
    ['a schema', { $schema: 'settings.schema.json' }],
  ])('accepts %s, as a start does', (_what, value) => {
    expect([isAccepted(value), isSound(value)]).toEqual([true, true]);
  });

  it.each<[string, object]>([
    ['an unknown name', { nonsense: 1 }],
    ['an unknown name of the provider', { oidc: { nonsense: 1 } }],
    ['another auth mode', { authMode: 'LDAP' }],
    ['a number as a text', { sessionIdleMinutes: '30' }],
    ['a number that is too small', { sessionIdleMinutes: 1 }],
    ['a fraction', { sessionIdleMinutes: 5.5 }],
    ['null for what can’t be cleared', { selfRegistration: null }],
    ['another choice', { oidc: { clientAuthentication: 'basic' } }],
    ['a secret that is named in two ways', { oidc: { ...OIDC, clientSecret: { env: 'HOME', file: 'x' } } }],
    ['a parameter without a value', { oidc: { extraRedirectParameters: [{ name: 'hd' }] } }],
    ['a rule without a pattern', { accessRules: [{ actions: ['PULL'], subjectKind: 'ANYONE' }] }],
    ['a rule without actions', withRule({ actions: [] })],
    ['a rule that lets everybody push', withRule({ subjectKind: 'ANYONE', actions: ['PUSH'] })],
    ['a rule for a user without a name', withRule({ subjectKind: 'USER' })],
    ['a rule for a group with a user name', withRule({ subjectKind: 'GROUP', groupName: 'x', username: 'lin' })],
    ['a rule with an unknown name', withRule({ pattern: 'x' })],
    ['rules that are no list', { accessRules: RULE }],
  ])('refuses %s, as a start does', (_what, value) => {
    expect([isAccepted(value), isSound(value)]).toEqual([false, false]);
  });

  it('accepts the examples in the documentation, as a start does', () => {
    const page = readFileSync('docs/settings-file.md', 'utf8');
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => parse(text) as object);
    expect(examples.length).toBeGreaterThan(0);
    const verdicts = examples.map((example) => [isAccepted(example), isSound({ ...example, oidc: OIDC })]);
    expect(verdicts).toEqual(examples.map(() => [true, true]));
  });
});
