import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import {
  AVAILABILITY,
  CLI_SECRET,
  CREATE_TOKEN,
  LOGIN_OPTIONS,
  ME,
  ONBOARD,
  PENDING,
  SET_ADMIN,
  TOKENS,
} from './support/documents.js';
import { Asker } from './support/graphql.js';
import { HostileIssuer, Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const LIFE_SECONDS = 301;
const HOUR_SECONDS = 3600;
const NOT_ALLOWED = { status: 403, reason: 'LOGIN_NOT_ALLOWED' };
const ENDED_BY = 'query EndedBy { loginOptions { endedBy } }';
const ADMINS = 'query Admins { users(filter: { isAdmin: true }) { edges { node { username } } } }';
const SAVE = `mutation Save($input: UpdateConfigurationInput!) {
  updateConfiguration(input: $input) { configuration { revision } warnings }
}`;
const ADMIN_GROUPS = 'query AdminGroups { configuration { oidc { adminGroup adminGroups } } }';

type Answering = NonNullable<Misbehaviour['answer']>;

describe('Groups that may log in', () => {
  let scenario: HostileScenario;
  let groups: unknown;
  let answering: Answering;
  beforeEach(async () => {
    scenario = await HostileScenario.open();
    groups = ['crew'];
    answering = () => false;
  });
  afterEach(() => scenario.close());

  const misbehaviour: Misbehaviour = {
    claims: (honest) => ({ ...honest, groups }),
    userinfo: (honest) => ({ ...honest, groups }),
    answer: (...all) => answering(...all),
  };
  const issuer = (name: string, oidc: object = {}) => scenario.issuer(name, misbehaviour, oidc);
  const limit = (...loginGroups: string[]) => scenario.app.configure({ oidc: { loginGroups } });
  const pass = (seconds: number) => scenario.app.clock.advance(seconds);
  const statusOf = async ({ username }: HostileIssuer, secret: string) =>
    (await scenario.verify(username, secret)).status as string;
  const atRegistry = async ({ username }: HostileIssuer, secret: string) => {
    const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
    const answer = await fetch(`${scenario.app.url}/service/token?service=registry`, { headers: { authorization } });
    const { errors = [] } = (await answer.json()) as { errors?: { message: string }[] };
    return [answer.status, errors[0]?.message];
  };
  const session = async (browser: Browser) => {
    const { code } = await scenario.app.ask(browser, CLI_SECRET);
    const { data } = await scenario.app.ask(browser, ENDED_BY);
    return [(await scenario.me(browser)) !== null, code, data.loginOptions.endedBy];
  };
  const good = [true, undefined, null];
  const refused = [false, 'LOGIN_NOT_ALLOWED', 'LOGIN_NOT_ALLOWED'];

  it.each([
    ['an empty list', []],
    ['other groups', ['registry-guests', 'Registry-users', 'registry-users ']],
    ['no claim at all', undefined],
    ['a claim of an unreadable shape', 5],
  ])('keep a stranger out at the first login who has %s (goharbor/harbor#21423)', async (_what, told) => {
    groups = told;
    const settings = { groupFilter: '^registry-', loginGroups: ['registry-users', 'registry-owners'] };
    await scenario.refuses('stranger', misbehaviour, NOT_ALLOWED, settings);
    await scenario.refuses('chooser', misbehaviour, NOT_ALLOWED, { ...settings, autoOnboard: false });
  });

  it('let in the members of one of them, whether the group filter keeps it or not', async () => {
    groups = ['registry-owners', 'staff'];
    const lin = await issuer('lin', { groupFilter: '^registry-', loginGroups: ['pilots', 'staff'] });
    const browser = await scenario.loggedIn(lin);
    expect((await scenario.me(browser)).groups).toEqual([{ name: 'registry-owners' }]);
    expect(await statusOf(lin, await scenario.secretOf(browser))).toBe('VALID');
  });

  it('decide again when an onboarding is finished', async () => {
    await issuer('kim', { autoOnboard: false });
    const browser = new Browser();
    expect((await scenario.login(browser)).url.pathname).toBe('/onboarding');
    await limit('pilots');
    const onboard = () => scenario.app.ask(browser, ONBOARD, { input: { username: 'kim' } });
    expect((await onboard()).code).toBe('LOGIN_NOT_ALLOWED');
    expect((await scenario.app.ask(browser, AVAILABILITY, { username: 'kim' })).code).toBe('LOGIN_NOT_ALLOWED');
    expect((await scenario.app.ask(browser, PENDING)).data.pendingOnboarding).not.toBeNull();
    await limit('crew');
    expect((await onboard()).data.onboard.user.username).toBe('kim');
  });

  it('hold at once, for the secret, the session and the next login, and let go at once', async () => {
    const lin = await issuer('lin');
    const browser = await scenario.loggedIn(lin);
    const secret = await scenario.secretOf(browser);
    expect([await statusOf(lin, secret), await session(browser)]).toEqual(['VALID', good]);
    await limit('pilots');
    expect(await scenario.verify('lin', secret)).toMatchObject({ valid: false, status: 'LOGIN_NOT_ALLOWED' });
    expect(await atRegistry(lin, secret)).toEqual([401, expect.stringContaining('Ask an administrator to let you in')]);
    expect(await session(browser)).toEqual(refused);
    const page = await scenario.login(browser);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('in no group there that may log in')]);
    expect(page.text).not.toContain('pilots');
    expect((await scenario.app.ask(scenario.app.admin, LOGIN_OPTIONS)).code).toBeUndefined();
    await limit();
    expect([await statusOf(lin, secret), await session(browser)]).toEqual(['VALID', good]);
    expect(lin.asked.filter(({ form }) => form.get('grant_type') === 'refresh_token')).toHaveLength(0);
  });

  it('follow the provider: at each refresh, for the secret and for a session', async () => {
    const lin = await issuer('lin', { loginGroups: ['crew'] });
    const browser = await scenario.loggedIn(lin);
    const secret = await scenario.secretOf(browser);
    groups = ['pilots'];
    expect([await statusOf(lin, secret), await session(browser)]).toEqual(['VALID', good]);
    pass(LIFE_SECONDS);
    expect(await session(browser)).toEqual(refused);
    expect(await statusOf(lin, secret)).toBe('LOGIN_NOT_ALLOWED');
    groups = ['crew'];
    expect(await statusOf(lin, secret)).toBe('LOGIN_NOT_ALLOWED');
    pass(LIFE_SECONDS);
    expect([await statusOf(lin, secret), await session(browser)]).toEqual(['VALID', good]);
  });

  it('hold for a login that tells of other groups than the grant did, and its groups are the ones that count', async () => {
    const lin = await issuer('lin', { loginGroups: ['crew'] });
    const secret = await scenario.secretOf(await scenario.loggedIn(lin));
    groups = [];
    expect((await scenario.login(new Browser())).status).toBe(403);
    expect(await statusOf(lin, secret)).toBe('LOGIN_NOT_ALLOWED');
    expect(await scenario.refused('LOGIN_NOT_ALLOWED')).toBe(1);
    groups = ['crew'];
    const browser = await scenario.loggedIn(lin);
    expect([await statusOf(lin, secret), await session(browser)]).toEqual(['VALID', good]);
  });

  it('keep somebody whose groups are told no more for the stated time, and not longer', async () => {
    await scenario.app.configure({ sessionIdleMinutes: 10_080 });
    const lin = await issuer('lin', { loginGroups: ['crew'], groupsKeptHours: 2 });
    const browser = await scenario.loggedIn(lin);
    const secret = await scenario.secretOf(browser);
    groups = undefined;
    pass(LIFE_SECONDS);
    expect([await statusOf(lin, secret), await session(browser)]).toEqual(['VALID', good]);
    pass(2 * HOUR_SECONDS);
    expect([await statusOf(lin, secret), await session(browser)]).toEqual(['LOGIN_NOT_ALLOWED', refused]);
  });

  it('keep the session of somebody whom the provider gives no refresh token for the stated time, and not longer', async () => {
    await scenario.app.configure({ sessionIdleMinutes: 10_080 });
    const tokens: Misbehaviour['tokens'] = (honest) => ({ ...honest, refresh_token: undefined });
    const oidc = { loginGroups: ['crew'], groupsKeptHours: 2 };
    const browser = await scenario.loggedIn(await scenario.issuer('sam', { ...misbehaviour, tokens }, oidc));
    pass(HOUR_SECONDS);
    expect(await session(browser)).toEqual(good);
    pass(HOUR_SECONDS);
    expect(await session(browser)).toEqual(refused);
    await scenario.login(browser);
    expect(await session(browser)).toEqual(good);
  });

  it('end nothing while the provider is silent', async () => {
    const lin = await issuer('lin', { loginGroups: ['crew'] });
    const browser = await scenario.loggedIn(lin);
    const secret = await scenario.secretOf(browser);
    answering = (endpoint, _request, response) => endpoint === 'token' && Boolean(response.writeHead(503).end());
    pass(LIFE_SECONDS);
    expect([await statusOf(lin, secret), await session(browser)]).toEqual(['PROVIDER_UNAVAILABLE', good]);
  });

  it('hold for administration by the flag, by the group and by a service token; not for the built-in administrator', async () => {
    groups = ['admins'];
    const lin = await issuer('lin', { adminGroup: 'admins' });
    const browser = await scenario.loggedIn(lin);
    const tokenFor = async (role: string) =>
      (await scenario.app.ask(browser, CREATE_TOKEN, { input: { name: role, role } })).data.createServiceToken
        .token as string;
    const [admin, verifier] = [await tokenFor('ADMIN'), await tokenFor('METRICS')];
    const codes = async () => [
      (await scenario.app.ask(browser, TOKENS)).code,
      (await scenario.app.ask({ bearer: admin }, TOKENS)).code,
      (await fetch(`${scenario.app.url}/metrics`, { headers: { authorization: `Bearer ${verifier}` } })).status,
    ];
    const listed = async () => {
      const { data } = await scenario.app.ask(scenario.app.admin, ADMINS);
      return data.users.edges.map(({ node }: { node: { username: string } }) => node.username);
    };
    const barrier = async () => {
      const { data } = await scenario.app.ask(scenario.app.admin, TOKENS);
      const nodes = data.serviceTokens.edges as { node: { role: string; inactiveReason: string } }[];
      return nodes.find(({ node }) => node.role === 'ADMIN')?.node.inactiveReason;
    };
    expect([await codes(), await listed(), await barrier()]).toEqual([
      ...[[undefined, undefined, 200], ['admin', 'lin'], null],
    ]);
    await limit('crew');
    const ended = ['LOGIN_NOT_ALLOWED', 'INVALID_CREDENTIALS', 200];
    expect([await codes(), await listed(), await barrier()]).toEqual([ended, ['admin'], 'CREATOR_LOGIN_NOT_ALLOWED']);
    await limit();
    const { id: userId } = (await scenario.app.ask(browser, ME)).data.me;
    await scenario.app.configure({ oidc: { adminGroup: null } });
    await scenario.app.ask(scenario.app.admin, SET_ADMIN, { input: { userId, isAdmin: true } });
    expect(await codes()).toEqual([undefined, undefined, 200]);
    await limit('crew');
    expect([await codes(), await barrier()]).toEqual([ended, 'CREATOR_LOGIN_NOT_ALLOWED']);
    expect((await scenario.app.ask(scenario.app.admin, TOKENS)).code).toBeUndefined();
  });

  it('count for nothing where they came from another provider', async () => {
    const lin = await issuer('lin', { loginGroups: ['crew'] });
    const browser = await scenario.loggedIn(lin);
    await issuer('other');
    expect(await session(browser)).toEqual(refused);
  });

  it('are warned of when they lock somebody out: the administrator who saves them, and how many others', async () => {
    groups = ['crew', 'admins'];
    const lin = await issuer('lin', { adminGroup: 'admins' });
    const browser = await scenario.loggedIn(lin);
    const bearer = (await scenario.app.ask(browser, CREATE_TOKEN, { input: { name: 'ci', role: 'ADMIN' } })).data
      .createServiceToken.token as string;
    const save = async (asker: Asker, oidc: object) => {
      const { data } = await scenario.app.ask(scenario.app.admin, 'query R { configuration { revision } }');
      const input = { revision: data.configuration.revision, patch: { oidc } };
      const answer = await scenario.app.ask(asker, SAVE, { input });
      return (answer.data?.updateConfiguration?.warnings ?? answer.code) as string[];
    };
    const [own, others] = ['you are in none of these groups', '1 person with a current login is in none'].map((text) =>
      expect.stringContaining(text),
    );
    expect(await save(browser, { loginGroups: ['crew'] })).toEqual([]);
    expect(await save(browser, { loginGroups: ['pilots'] })).toEqual([own, others]);
    expect(await save(browser, { loginGroups: [] })).toBe('LOGIN_NOT_ALLOWED');
    expect(await save(scenario.app.admin, { loginGroups: [] })).toEqual([]);
    expect(await save({ bearer }, { loginGroups: ['pilots'] })).toEqual([own, others]);
    expect(await save(scenario.app.admin, { groupsClaim: null })).toEqual([
      expect.stringContaining('nobody can log in, because oidc.groupsClaim is not set'),
    ]);
    expect(await save(scenario.app.admin, { loginGroups: ['crew'], groupsClaim: 'groups' })).toEqual([]);
    expect(await save(scenario.app.admin, { adminGroup: 'admins,platform' })).toEqual([
      expect.stringContaining('a name with a comma is the name of one group'),
    ]);
  });

  it('are refused as a list that is no list of names', async () => {
    await issuer('lin');
    for (const loginGroups of [[' '], ['crew', 'crew'], ['a'.repeat(256)], Array.from({ length: 101 }, String)]) {
      const { code, errors } = await scenario.app.configure({ oidc: { loginGroups } });
      expect([code, errors[0]?.extensions.fields[0].path]).toEqual([
        'BAD_USER_INPUT',
        ['input', 'patch', 'oidc', 'loginGroups'],
      ]);
    }
  });

  it('of administrators are several, of which the first keeps its old name', async () => {
    groups = ['platform'];
    const lin = await issuer('lin', { adminGroups: ['admins', 'platform'] });
    const browser = await scenario.loggedIn(lin);
    const shown = async () =>
      (await scenario.app.ask(scenario.app.admin, ADMIN_GROUPS)).data.configuration.oidc as object;
    expect([(await scenario.me(browser)).isAdmin, await shown()]).toEqual([
      ...[true, { adminGroup: 'admins', adminGroups: ['admins', 'platform'] }],
    ]);
    await scenario.app.configure({ oidc: { adminGroup: 'admins,platform' } });
    expect([(await scenario.me(browser)).isAdmin, await shown()]).toEqual([
      ...[false, { adminGroup: 'admins,platform', adminGroups: ['admins,platform'] }],
    ]);
    const both = { adminGroup: 'admins', adminGroups: ['platform', 'admins'] };
    expect((await scenario.app.configure({ oidc: both })).code).toBe('BAD_USER_INPUT');
  });
});
