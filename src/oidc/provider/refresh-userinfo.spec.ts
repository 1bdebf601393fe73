import { describe, expect, it } from '@jest/globals';
import { ProviderUnavailable } from './provider.errors.js';
import { groupsAfterRefresh } from './refresh-userinfo.js';
import { UnclearTokens } from './unclear-tokens.js';
import { UserinfoAnswer, UserinfoKind } from './userinfo.js';

const SUBJECT = 'lin-1';
const idToken = (claims: object) => ({ iss: 'https://id.example', sub: SUBJECT, ...claims });
const claims = (told: object): UserinfoAnswer => ({
  kind: 'CLAIMS',
  claims: { sub: SUBJECT, ...told },
  failure: null,
});
const without = (kind: UserinfoKind): UserinfoAnswer => ({ kind, claims: null, failure: `userinfo: ${kind}` });

interface Case {
  readonly token?: object;
  readonly answer?: UserinfoAnswer;
  readonly confirm?: boolean;
  readonly isForeign?: boolean;
  readonly groupsClaim?: string | null;
}

async function refresh({ token, answer, confirm, isForeign = false, groupsClaim = 'groups' }: Case) {
  let asked = 0;
  const rules = { issuer: 'https://id.example', groupsClaim, userClaim: null, confirmAtUserinfo: confirm };
  const told = await groupsAfterRefresh(token ? idToken(token) : null, { subject: SUBJECT, isForeign }, rules, () => {
    asked += 1;
    return Promise.resolve(answer ?? claims({}));
  });
  return { ...told, asked };
}

describe(groupsAfterRefresh, () => {
  it.each<[string, Case, readonly string[] | null, number]>([
    ['the ID token tells groups', { token: { groups: ['a'] } }, ['a'], 0],
    ['the ID token tells that there are none', { token: { groups: [] } }, [], 0],
    ['no groups are wanted', { token: {}, groupsClaim: null }, null, 0],
    ['userinfo tells groups', { token: {}, answer: claims({ groups: ['b'] }) }, ['b'], 1],
    ['userinfo tells groups and there is no ID token', { answer: claims({ groups: ['b'] }) }, ['b'], 1],
    ['nobody tells groups', { answer: claims({}) }, null, 1],
    ['userinfo refuses', { answer: without('REFUSED') }, null, 1],
    ['userinfo fails', { answer: without('UNUSABLE') }, null, 1],
    ['a foreign grant has an ID token with groups', { token: { groups: ['a'] }, isForeign: true }, ['a'], 0],
    ['userinfo vouches for a foreign grant', { isForeign: true, answer: claims({ groups: ['b'] }) }, ['b'], 1],
    ['it vouches, and no groups are wanted', { isForeign: true, groupsClaim: null }, null, 1],
  ])('knows the groups if %s', async (_what, given, groups, asked) => {
    expect(await refresh(given)).toMatchObject({ groups, asked });
  });

  it.each<[string, Case, readonly string[] | null]>([
    ['both tell groups', { token: { groups: ['a'] }, answer: claims({ groups: ['b'] }) }, ['a']],
    ['only the ID token tells groups', { token: { groups: ['a'] } }, ['a']],
    ['only userinfo tells groups', { answer: claims({ groups: ['b'] }) }, ['b']],
    ['userinfo lacks the claim', {}, []],
    ['userinfo and the ID token lack the claim', { token: {} }, []],
    ['userinfo lacks a path of claims', { groupsClaim: 'realm_access.roles' }, []],
    ['userinfo has a number', { answer: claims({ groups: 7 }) }, null],
    ['userinfo has null', { answer: claims({ groups: null }) }, null],
    [
      'userinfo has a text where the path begins',
      { groupsClaim: 'realm_access.roles', answer: claims({ realm_access: 'x' }) },
      null,
    ],
    ['userinfo says that they are elsewhere', { answer: claims({ _claim_names: { groups: 's' } }) }, null],
    ['the ID token has a number', { token: { groups: 7 } }, null],
    ['the ID token says that they are elsewhere', { token: { _claim_names: { groups: 's' } } }, null],
    ['no groups are wanted', { groupsClaim: null }, null],
  ])('with confirmAtUserinfo, knows the groups if %s', async (_what, given, groups) => {
    expect(await refresh({ ...given, confirm: true })).toMatchObject({ groups, groupsFailure: null, asked: 1 });
  });

  it.each<[string, Case, new (...given: never[]) => Error, boolean | undefined]>([
    ['another person', { answer: without('OTHER_SUBJECT') }, UnclearTokens, true],
    ['another person, confirmed', { confirm: true, answer: without('OTHER_SUBJECT') }, UnclearTokens, true],
    ['a refusal, confirmed', { confirm: true, answer: without('REFUSED') }, UnclearTokens, false],
    ['a failure, confirmed', { confirm: true, answer: without('UNUSABLE') }, ProviderUnavailable, undefined],
    ['no endpoint, confirmed', { confirm: true, answer: without('NOT_ASKED') }, ProviderUnavailable, undefined],
    ['a refusal, foreign', { isForeign: true, answer: without('REFUSED') }, UnclearTokens, true],
    ['a failure, foreign', { isForeign: true, answer: without('UNUSABLE') }, UnclearTokens, true],
    ['no endpoint, foreign', { isForeign: true, answer: without('NOT_ASKED') }, UnclearTokens, true],
    [
      'no groups wanted, foreign',
      { isForeign: true, groupsClaim: null, answer: without('REFUSED') },
      UnclearTokens,
      true,
    ],
    ['no endpoint, both', { isForeign: true, confirm: true, answer: without('NOT_ASKED') }, UnclearTokens, true],
  ])('refuses %s', async (_what, given, kind, isForeign) => {
    const error = await refresh(given).catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(kind);
    expect((error as UnclearTokens).isForeign).toBe(isForeign);
  });
});
