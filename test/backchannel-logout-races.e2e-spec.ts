import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ProviderLogouts } from '../src/provider-logouts/provider-logouts.service.js';
import { providerDigest } from '../src/provider-logouts/provider-session.js';
import { UsersService } from '../src/users/users.service.js';
import { Browser } from './support/browser.js';
import { ONBOARD } from './support/documents.js';
import { HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const LOGGED_OUT = { status: 403, reason: 'PROVIDER_LOGOUT' };
const ROUNDS = 25;

describe('A logout token', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  const tell = async (issuer: HostileIssuer, changes: Record<string, unknown> = {}) =>
    (await scenario.tellOfLogout(await issuer.pair.sign(issuer.logoutClaims(changes)))).status;
  const OF_PERSON = { sid: undefined };
  const OF_SESSION = { sub: undefined };

  it.each([
    ['session and person', {}],
    ['person', OF_PERSON],
    ['session', OF_SESSION],
  ])('that comes before the callback has finished ends that login: by %s', async (_by, changes) => {
    const issuer = await scenario.issuer('before-callback');
    await scenario.comesToNothing(async (browser) => {
      const url = await scenario.callbackOf(browser);
      expect(await tell(issuer, changes)).toBe(200);
      return browser.fetch(url);
    }, LOGGED_OUT);
  });

  it('that comes when a login was looked at already, and has no session yet, leaves nobody logged in', async () => {
    const issuer = await scenario.issuer('just-before-the-session');
    await scenario.loggedIn(issuer);
    issuer.sessionId = 'another';
    const users = scenario.app.nest.get(UsersService, { strict: false });
    const byIdentity = users.byIdentity.bind(users);
    jest.spyOn(users, 'byIdentity').mockImplementationOnce(async (...identity) => {
      expect(await tell(issuer)).toBe(200);
      return byIdentity(...identity);
    });
    await scenario.comesToNothing((browser) => scenario.login(browser), LOGGED_OUT);
    jest.restoreAllMocks();
  });

  it('that comes while a name is chosen leaves nobody logged in, and the next login goes on', async () => {
    const issuer = await scenario.issuer('while-onboarding', {}, { autoOnboard: false });
    const browser = new Browser();
    expect((await scenario.login(browser)).url.pathname).toBe('/onboarding');
    expect(await tell(issuer, OF_SESSION)).toBe(200);
    const input = { username: 'while-onboarding' };
    expect((await scenario.app.ask(browser, ONBOARD, { input })).code).toBe('ONBOARDING_EXPIRED');
    issuer.sessionId = 'another';
    expect((await scenario.login(browser)).url.pathname).toBe('/onboarding');
    expect((await scenario.app.ask(browser, ONBOARD, { input })).code).toBeUndefined();
    expect(await scenario.me(browser)).toMatchObject(input);
  });

  it('of a person ends all of their sessions and the secret, and no login that is begun later', async () => {
    const issuer = await scenario.issuer('of-person');
    const one = await scenario.loggedIn(issuer);
    const secret = await scenario.secretOf(one);
    issuer.sessionId = 'another';
    const other = await scenario.loggedIn(issuer);
    expect(await tell(issuer, OF_PERSON)).toBe(200);
    expect([await scenario.me(one), await scenario.me(other)]).toEqual([null, null]);
    expect((await scenario.verify(issuer.username, secret)).status).toBe('PROVIDER_LOGOUT');
    scenario.app.clock.advance(1);
    await scenario.loggedIn(issuer);
    expect((await scenario.verify(issuer.username, secret)).status).toBe('VALID');
  });

  it('ends sessions of which the provider never said which they are', async () => {
    const issuer = await scenario.issuer('nameless', { claims: ({ sid: _sid, ...claims }) => claims });
    const browser = await scenario.loggedIn(issuer);
    expect(await tell(issuer)).toBe(200);
    expect(await scenario.me(browser)).toBeNull();
  });

  it('ends nothing of another session, another person, or another issuer', async () => {
    const stranger = await scenario.issuer('stranger');
    const issuer = await scenario.issuer('left-alone');
    const browser = await scenario.loggedIn(issuer);
    const secret = await scenario.secretOf(browser);
    expect(await tell(issuer, { sid: 'another' })).toBe(200);
    expect(await tell(issuer, { sub: 'another', sid: undefined })).toBe(200);
    expect(await tell(stranger, { sub: issuer.subject, sid: issuer.sessionId })).toBe(400);
    expect((await scenario.me(browser)).username).toBe(issuer.username);
    expect((await scenario.verify(issuer.username, secret)).status).toBe('VALID');
  });

  it('is used once, and ends nothing the second time', async () => {
    const issuer = await scenario.issuer('replayed');
    const token = await issuer.pair.sign(issuer.logoutClaims(OF_PERSON));
    expect((await scenario.tellOfLogout(token)).status).toBe(200);
    scenario.app.clock.advance(1);
    const browser = await scenario.loggedIn(issuer);
    const again = await scenario.tellOfLogout(token);
    expect([again.status, JSON.parse(again.text)]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_request', error_description: expect.stringContaining('used before') }),
    ]);
    expect(await scenario.me(browser)).not.toBeNull();
    const twins = await issuer.pair.sign(issuer.logoutClaims());
    const statuses = await Promise.all([scenario.tellOfLogout(twins), scenario.tellOfLogout(twins)]);
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await scenario.me(browser)).toBeNull();
  });

  it.each([
    ['no identifier', { jti: undefined }],
    ['an identifier that is no text', { jti: 17 }],
    ['neither person nor session', { sub: undefined, sid: undefined }],
    ['a person that is no text', { sub: 17 }],
    ['a session of null', { sid: null }],
    ['no time', { iat: undefined }],
    ['a time to come', { iat: Date.now() / 1000 + 86_400, exp: Date.now() / 1000 + 90_000 }],
    ['an end that is past', { exp: Date.now() / 1000 - 600 }],
    ['no end, and an old beginning', { exp: undefined, iat: Date.now() / 1000 - 3600 }],
    ['an event that is a text', { events: { 'http://schemas.openid.net/event/backchannel-logout': 'x' } }],
    ['events that are a list', { events: ['http://schemas.openid.net/event/backchannel-logout'] }],
    ['a nonce of null', { nonce: null }],
  ])('with %s is refused', async (_what, changes) => {
    const issuer = await scenario.issuer('odd-logout');
    const browser = await scenario.loggedIn(issuer);
    expect(await tell(issuer, changes)).toBe(400);
    expect(await scenario.me(browser)).not.toBeNull();
  });

  const typed = async (issuer: HostileIssuer, typ: unknown) =>
    (await scenario.tellOfLogout(await issuer.pair.sign(issuer.logoutClaims(), { typ }))).status;

  it.each(['at+jwt', 'application/at+jwt', 'id_token', 'secevent+jwt', 'logout', '', 17, null])(
    'that says it is of the type %j is refused, though its claims are right',
    async (typ) => {
      const issuer = await scenario.issuer('of-another-type');
      const browser = await scenario.loggedIn(issuer);
      expect(await typed(issuer, typ)).toBe(400);
      expect(await scenario.me(browser)).not.toBeNull();
    },
  );

  it.each([undefined, 'JWT', 'application/jwt', 'logout+jwt', 'Logout+JWT', 'application/logout+jwt'])(
    'of the type %j is taken',
    async (typ) => {
      const issuer = await scenario.issuer('of-its-type');
      const browser = await scenario.loggedIn(issuer);
      expect(await typed(issuer, typ)).toBe(200);
      expect(await scenario.me(browser)).toBeNull();
    },
  );

  it('without an end counts for some minutes, as the drafts had it', async () => {
    const issuer = await scenario.issuer('draft');
    const browser = await scenario.loggedIn(issuer);
    expect(await tell(issuer, { exp: undefined })).toBe(200);
    expect(await scenario.me(browser)).toBeNull();
  });

  it('is refused where it is an ID token, is doubled, empty, enormous, or not in a form', async () => {
    const issuer = await scenario.issuer('no-logout-token');
    const browser = await scenario.loggedIn(issuer);
    const idToken = new URL(await scenario.logout(browser.copy())).searchParams.get('id_token_hint')!;
    const token = await issuer.pair.sign(issuer.logoutClaims());
    const url = `${scenario.app.url}/c/oidc/backchannel-logout`;
    const send = (body: string, type = 'application/x-www-form-urlencoded') =>
      new Browser().fetch(url, { method: 'POST', body, headers: { accept: '*/*', 'content-type': type } });
    for (const body of [
      '',
      'logout_token=',
      `logout_token=${idToken}`,
      'logout_token=x',
      `logout_token=${'x'.repeat(99_999)}`,
    ])
      expect((await send(body)).status).toBe(400);
    expect((await send(`logout_token=${token}&logout_token=${token}`)).status).toBe(400);
    expect((await send(JSON.stringify({ logout_token: 17 }), 'application/json')).status).toBe(400);
    expect((await send(token, 'text/plain')).status).toBe(400);
    expect((await new Browser().fetch(`${url}?logout_token=${token}`)).status).toBe(404);
    expect(await tell(issuer, { jti: 'not used by any of these' })).toBe(200);
  });

  it('that a process noted, and died before it had ended anything, is taken when it comes again', async () => {
    const issuer = await scenario.issuer('died-in-between');
    const browser = await scenario.loggedIn(issuer);
    const digestOf = (text: string) => providerDigest(issuer.url, text);
    const told = { id: digestOf('the-id'), session: digestOf(issuer.sessionId), person: digestOf(issuer.subject) };
    await scenario.app.nest.get(ProviderLogouts, { strict: false }).note(told, scenario.app.clock.secondsFromNow(60));
    expect(await scenario.me(browser)).not.toBeNull();
    expect(await tell(issuer, { jti: 'the-id' })).toBe(200);
    expect(await scenario.me(browser)).toBeNull();
  });

  it('is not for DATABASE mode', async () => {
    const fresh = await HostileScenario.open();
    expect((await fresh.tellOfLogout('x')).status).toBe(409);
    await fresh.close();
  });

  it('that meets the callback of a login leaves no session and no secret, whichever is first', async () => {
    const issuer = await scenario.issuer('race');
    const secret = await scenario.secretOf(await scenario.loggedIn(issuer));
    const ends = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
      expect(await tell(issuer)).toBe(200);
      issuer.sessionId = `race-${round}`;
      const browser = new Browser();
      const url = await scenario.callbackOf(browser);
      const told = async () => {
        // Later from round to round, so that it meets each step of the login.
        for (let turn = 0; turn < round * 4; turn++) await new Promise(setImmediate);
        return tell(issuer);
      };
      const [page, status] = await Promise.all([browser.fetch(url), told()]);
      ends.add(page.status);
      expect([status, await scenario.me(browser)]).toEqual([200, null]);
      expect((await scenario.verify(issuer.username, secret)).status).toBe('PROVIDER_LOGOUT');
      issuer.sessionId = `after-${round}`;
      await scenario.loggedIn(issuer);
      expect((await scenario.verify(issuer.username, secret)).status).toBe('VALID');
    }
    expect([...ends].every((status) => [302, 403].includes(status))).toBe(true);
  });
});
