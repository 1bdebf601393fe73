import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { HostileIssuer, Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const RIGHTS = 'query Rights { me { isAdmin adminSources groups { name } } configuration { revision } }';
const ADMINS = `query Admins($name: String!) {
  users(filter: { isAdmin: true, username: $name }) { edges { node { username } } }
  groups(search: "admins") { edges { node { memberCount members(first: 10) { edges { node { username } } } } } }
}`;
const REPORT = 'mutation Test { testOidcProvider(input: {}) { report { checks { name detail } } } }';
/** A little longer than a token of the provider counts. */
const LIFE_SECONDS = 301;
const HOUR_SECONDS = 3600;

type Userinfo = NonNullable<Misbehaviour['userinfo']>;
type Answering = NonNullable<Misbehaviour['answer']>;

describe('Groups that came in an ID token, where refreshes bring none (OpenID Connect Core 1.0, section 12.2)', () => {
  let scenario: HostileScenario;
  let issuer: HostileIssuer;
  let browser: Browser;
  let secret: string;
  let userinfo: Userinfo;
  let inRefreshes: object | undefined;
  let answering: Answering;

  beforeEach(async () => {
    scenario = await HostileScenario.open();
    await scenario.app.configure({ sessionIdleMinutes: 10_080, sessionMaximumMinutes: 43_200 });
    userinfo = (honest) => honest;
    inRefreshes = undefined;
    answering = () => false;
    await begin();
  });
  afterEach(() => scenario.close());

  const begin = async () => {
    const isRefresh = (form: URLSearchParams) => form.get('grant_type') === 'refresh_token';
    const misbehaviour: Misbehaviour = {
      claims: (honest) => ({ ...honest, groups: ['admins', 'crew'], ...inRefreshes }),
      tokens: ({ id_token: idToken, ...rest }, form) =>
        isRefresh(form) && !inRefreshes ? rest : { ...rest, id_token: idToken },
      userinfo: (honest) => userinfo(honest),
      answer: (...all) => answering(...all),
    };
    const settings = { adminGroup: 'admins', groupsKeptHours: 2 };
    issuer = await scenario.issuer('kept-groups', misbehaviour, settings);
    browser = await scenario.loggedIn(issuer);
    secret = await scenario.secretOf(browser);
  };
  const pass = (seconds: number) => scenario.app.clock.advance(seconds);
  const rights = async () => {
    const { data, code } = await scenario.app.ask(browser, RIGHTS);
    return { ...data.me, groups: data.me.groups.map(({ name }: { name: string }) => name), code };
  };
  const atRegistry = async () => {
    const { status, principal } = await scenario.verify(issuer.username, secret);
    return [status, principal.isAdmin, principal.groups];
  };
  const listed = async () => {
    const { data } = await scenario.app.ask(scenario.app.admin, ADMINS, { name: issuer.username });
    const [group] = data.groups.edges;
    return [data.users.edges.length, group.node.memberCount, group.node.members.edges.length];
  };
  const refused = { isAdmin: false, adminSources: [], groups: [], code: 'FORBIDDEN' };
  const administrator = { isAdmin: true, adminSources: ['OIDC_GROUP'], groups: ['admins', 'crew'], code: undefined };

  it('are asked for at userinfo: whoever was taken out of the admin group is an administrator no longer', async () => {
    expect(await rights()).toEqual(administrator);
    userinfo = (honest) => ({ ...honest, groups: ['crew'] });
    pass(LIFE_SECONDS);
    expect(await rights()).toEqual({ ...refused, groups: ['crew'] });
    expect(await atRegistry()).toEqual(['VALID', false, ['crew']]);
    expect(await listed()).toEqual([0, 0, 0]);
  });

  it('are asked for at userinfo too where the ID token of a refresh lacks the claim', async () => {
    inRefreshes = { groups: undefined };
    userinfo = (honest) => ({ ...honest, groups: ['crew'] });
    pass(LIFE_SECONDS);
    expect(await atRegistry()).toEqual(['VALID', false, ['crew']]);
  });

  it('count for the stated time where userinfo does not tell either, and give no right after it', async () => {
    pass(LIFE_SECONDS);
    expect(await atRegistry()).toEqual(['VALID', true, ['admins', 'crew']]);
    pass(2 * HOUR_SECONDS - LIFE_SECONDS - 60);
    expect(await rights()).toEqual(administrator);
    expect(await listed()).toEqual([1, 1, 1]);
    pass(61);
    expect(await atRegistry()).toEqual(['VALID', false, []]);
    expect(await rights()).toEqual(refused);
    expect(await listed()).toEqual([0, 0, 0]);
  });

  it('count again from the moment that they are told again', async () => {
    pass(LIFE_SECONDS);
    await atRegistry();
    pass(2 * HOUR_SECONDS);
    expect(await rights()).toEqual(refused);
    userinfo = (honest) => ({ ...honest, groups: ['admins'] });
    pass(LIFE_SECONDS);
    expect(await rights()).toEqual({ ...administrator, groups: ['admins'] });
    pass(3 * HOUR_SECONDS);
    expect(await atRegistry()).toEqual(['VALID', true, ['admins']]);
  });

  it('give no right from the first refresh on that does not tell of them, where none are to be kept', async () => {
    await scenario.app.configure({ oidc: { groupsKeptHours: 0 } });
    expect(await rights()).toEqual(administrator);
    pass(LIFE_SECONDS);
    expect(await rights()).toEqual(refused);
  });

  it('are emptied by an empty list, and kept where the list has an unreadable shape', async () => {
    userinfo = (honest) => ({ ...honest, groups: { unreadable: true } });
    pass(LIFE_SECONDS);
    expect(await atRegistry()).toEqual(['VALID', true, ['admins', 'crew']]);
    userinfo = (honest) => ({ ...honest, groups: [] });
    pass(LIFE_SECONDS);
    expect(await atRegistry()).toEqual(['VALID', false, []]);
  });

  it.each<[string, Answering]>([
    ['fails', (_endpoint, _request, response) => Boolean(response.writeHead(503).end())],
    ['refuses', (_endpoint, _request, response) => Boolean(response.writeHead(403).end())],
    ['hangs up', (_endpoint, request) => Boolean(request.socket.destroy())],
  ])('are kept for the stated time where userinfo %s, and the refresh succeeds', async (_how, answer) => {
    answering = (endpoint, ...rest) => endpoint === 'userinfo' && answer(endpoint, ...rest);
    pass(LIFE_SECONDS);
    expect(await atRegistry()).toEqual(['VALID', true, ['admins', 'crew']]);
    pass(2 * HOUR_SECONDS);
    expect(await atRegistry()).toEqual(['VALID', false, []]);
    expect(scenario.app.log.join('')).toContain('The groups of a user could not be read from the provider');
  });

  const linesWith = (detail: string) => scenario.app.log.filter((line) => line.includes(detail)).length;

  it.each<[string, object, string]>([
    ['is a number', { groups: 7 }, 'the groups claim is a number'],
    ['has no readable member', { groups: [{ id: 'admins' }] }, 'the groups claim has no member that can be read'],
    ['is elsewhere', { _claim_names: { groups: 'src1' } }, 'the provider only names their source (_claim_names)'],
  ])('are kept where the claim %s, which the log says once', async (_shape, told, detail) => {
    userinfo = (honest) => ({ ...honest, ...told });
    for (let refreshes = 0; refreshes < 3; refreshes++) {
      pass(LIFE_SECONDS);
      expect(await atRegistry()).toEqual(['VALID', true, ['admins', 'crew']]);
    }
    expect(linesWith(detail)).toBe(1);
  });

  it('are those that can be read of a list, and the log says once that there are more', async () => {
    userinfo = (honest) => ({ ...honest, groups: ['crew', { id: 'admins' }] });
    for (let refreshes = 0; refreshes < 3; refreshes++) {
      pass(LIFE_SECONDS);
      expect(await atRegistry()).toEqual(['VALID', false, ['crew']]);
    }
    expect(linesWith("1 of 2 members of the groups claim can't be read")).toBe(1);
  });

  it('of somebody else are never taken: the refresh fails', async () => {
    userinfo = (honest) => ({ ...honest, sub: 'somebody-else', groups: ['admins'] });
    pass(LIFE_SECONDS);
    expect((await scenario.verify(issuer.username, secret)).status).toBe('REFRESH_UNCLEAR');
  });

  it('count as long as the token that told of them, and are kept by a login that does not tell', async () => {
    await scenario.app.configure({ oidc: { groupsKeptHours: 0 } });
    // Before the last part of its life, in which a use refreshes it.
    pass(LIFE_SECONDS / 2);
    expect(await atRegistry()).toEqual(['VALID', true, ['admins', 'crew']]);
    await scenario.app.configure({ oidc: { groupsKeptHours: 1 } });
    inRefreshes = { groups: undefined };
    await scenario.loggedIn(issuer);
    expect(await atRegistry()).toEqual(['VALID', true, ['admins', 'crew']]);
    pass(HOUR_SECONDS);
    expect(await atRegistry()).toEqual(['VALID', false, []]);
  });

  it('are told by the test of the provider for how long they are kept', async () => {
    const { data } = await scenario.app.ask(scenario.app.admin, REPORT);
    const { checks } = data.testOidcProvider.report;
    const { detail } = checks.find(({ name }: { name: string }) => name === 'GROUPS_CLAIM');
    expect(detail).toContain('kept for 2 hours');
  });
});
