import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BackchannelLogouts } from '../src/provider-logouts/provider-logouts.service.js';
import { providerDigest } from '../src/provider-logouts/provider-session.js';
import { UsersService } from '../src/users/users.service.js';
import { Browser } from './support/browser.js';
import { ONBOARD } from './support/documents.js';
import { HostileIssuer } from './support/hostile-provider.js';
import { HostileWaters } from './support/hostile-scenario.js';

const LOGGED_OUT = { status: 403, reason: 'PROVIDER_LOGOUT' };
const ROUNDS = 25;

describe('A logout token', () => {
  let waters: HostileWaters;
  beforeAll(async () => (waters = await HostileWaters.open()));
  afterAll(() => waters.close());

  const tell = async (issuer: HostileIssuer, changes: Record<string, unknown> = {}) =>
    (await waters.tellOfLogout(await issuer.pair.sign(issuer.logoutClaims(changes)))).status;
  const OF_PERSON = { sid: undefined };
  const OF_SESSION = { sub: undefined };

  it.each([
    ['session and person', {}],
    ['person', OF_PERSON],
    ['session', OF_SESSION],
  ])('that comes before the callback has finished ends that login: by %s', async (_by, changes) => {
    const issuer = await waters.issuer('before-callback');
    await waters.comesToNothing(async (browser) => {
      const url = await waters.callbackOf(browser);
      expect(await tell(issuer, changes)).toBe(200);
      return browser.fetch(url);
    }, LOGGED_OUT);
  });

  it('that comes when a login was looked at already, and has no session yet, leaves nobody logged in', async () => {
    const issuer = await waters.issuer('just-before-the-session');
    await waters.loggedIn(issuer);
    issuer.sessionId = 'another';
    const users = waters.app.nest.get(UsersService, { strict: false });
    const byIdentity = users.byIdentity.bind(users);
    jest.spyOn(users, 'byIdentity').mockImplementationOnce(async (...identity) => {
      expect(await tell(issuer)).toBe(200);
      return byIdentity(...identity);
    });
    await waters.comesToNothing((browser) => waters.login(browser), LOGGED_OUT);
    jest.restoreAllMocks();
  });

  it('that comes while a name is chosen leaves nobody logged in, and the next login goes on', async () => {
    const issuer = await waters.issuer('while-onboarding', {}, { autoOnboard: false });
    const browser = new Browser();
    expect((await waters.login(browser)).url.pathname).toBe('/onboarding');
    expect(await tell(issuer, OF_SESSION)).toBe(200);
    const input = { username: 'while-onboarding' };
    expect((await waters.app.ask(browser, ONBOARD, { input })).code).toBe('ONBOARDING_EXPIRED');
    issuer.sessionId = 'another';
    expect((await waters.login(browser)).url.pathname).toBe('/onboarding');
    expect((await waters.app.ask(browser, ONBOARD, { input })).code).toBeUndefined();
    expect(await waters.me(browser)).toMatchObject(input);
  });

  it('of a person ends all of their sessions and the secret, and no login that is begun later', async () => {
    const issuer = await waters.issuer('of-person');
    const one = await waters.loggedIn(issuer);
    const secret = await waters.secretOf(one);
    issuer.sessionId = 'another';
    const other = await waters.loggedIn(issuer);
    expect(await tell(issuer, OF_PERSON)).toBe(200);
    expect([await waters.me(one), await waters.me(other)]).toEqual([null, null]);
    expect((await waters.verify(issuer.username, secret)).status).toBe('PROVIDER_LOGOUT');
    waters.app.clock.advance(1);
    await waters.loggedIn(issuer);
    expect((await waters.verify(issuer.username, secret)).status).toBe('VALID');
  });

  it('ends sessions of which the provider never said which they are', async () => {
    const issuer = await waters.issuer('nameless', { claims: ({ sid: _sid, ...claims }) => claims });
    const browser = await waters.loggedIn(issuer);
    expect(await tell(issuer)).toBe(200);
    expect(await waters.me(browser)).toBeNull();
  });

  it('ends nothing of another session, another person, or another issuer', async () => {
    const stranger = await waters.issuer('stranger');
    const issuer = await waters.issuer('left-alone');
    const browser = await waters.loggedIn(issuer);
    const secret = await waters.secretOf(browser);
    expect(await tell(issuer, { sid: 'another' })).toBe(200);
    expect(await tell(issuer, { sub: 'another', sid: undefined })).toBe(200);
    expect(await tell(stranger, { sub: issuer.subject, sid: issuer.sessionId })).toBe(400);
    expect((await waters.me(browser)).username).toBe(issuer.username);
    expect((await waters.verify(issuer.username, secret)).status).toBe('VALID');
  });

  it('is used once, and ends nothing the second time', async () => {
    const issuer = await waters.issuer('replayed');
    const token = await issuer.pair.sign(issuer.logoutClaims(OF_PERSON));
    expect((await waters.tellOfLogout(token)).status).toBe(200);
    waters.app.clock.advance(1);
    const browser = await waters.loggedIn(issuer);
    const again = await waters.tellOfLogout(token);
    expect([again.status, JSON.parse(again.text)]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_request', error_description: expect.stringContaining('used before') }),
    ]);
    expect(await waters.me(browser)).not.toBeNull();
    const twins = await issuer.pair.sign(issuer.logoutClaims());
    const statuses = await Promise.all([waters.tellOfLogout(twins), waters.tellOfLogout(twins)]);
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await waters.me(browser)).toBeNull();
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
    const issuer = await waters.issuer('odd-logout');
    const browser = await waters.loggedIn(issuer);
    expect(await tell(issuer, changes)).toBe(400);
    expect(await waters.me(browser)).not.toBeNull();
  });

  const typed = async (issuer: HostileIssuer, typ: unknown) =>
    (await waters.tellOfLogout(await issuer.pair.sign(issuer.logoutClaims(), { typ }))).status;

  it.each(['at+jwt', 'application/at+jwt', 'id_token', 'secevent+jwt', 'logout', '', 17, null])(
    'that says it is of the type %j is refused, though its claims are right',
    async (typ) => {
      const issuer = await waters.issuer('of-another-type');
      const browser = await waters.loggedIn(issuer);
      expect(await typed(issuer, typ)).toBe(400);
      expect(await waters.me(browser)).not.toBeNull();
    },
  );

  it.each([undefined, 'JWT', 'application/jwt', 'logout+jwt', 'Logout+JWT', 'application/logout+jwt'])(
    'of the type %j is taken',
    async (typ) => {
      const issuer = await waters.issuer('of-its-type');
      const browser = await waters.loggedIn(issuer);
      expect(await typed(issuer, typ)).toBe(200);
      expect(await waters.me(browser)).toBeNull();
    },
  );

  it('without an end counts for some minutes, as the drafts had it', async () => {
    const issuer = await waters.issuer('draft');
    const browser = await waters.loggedIn(issuer);
    expect(await tell(issuer, { exp: undefined })).toBe(200);
    expect(await waters.me(browser)).toBeNull();
  });

  it('is refused where it is an ID token, is doubled, empty, enormous, or not in a form', async () => {
    const issuer = await waters.issuer('no-logout-token');
    const browser = await waters.loggedIn(issuer);
    const idToken = new URL(await waters.logout(browser.copy())).searchParams.get('id_token_hint')!;
    const token = await issuer.pair.sign(issuer.logoutClaims());
    const url = `${waters.app.url}/c/oidc/backchannel-logout`;
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
    const issuer = await waters.issuer('died-in-between');
    const browser = await waters.loggedIn(issuer);
    const digestOf = (text: string) => providerDigest(issuer.url, text);
    const told = { id: digestOf('the-id'), session: digestOf(issuer.sessionId), person: digestOf(issuer.subject) };
    await waters.app.nest.get(BackchannelLogouts, { strict: false }).note(told, waters.app.clock.secondsFromNow(60));
    expect(await waters.me(browser)).not.toBeNull();
    expect(await tell(issuer, { jti: 'the-id' })).toBe(200);
    expect(await waters.me(browser)).toBeNull();
  });

  it('is not for DATABASE mode', async () => {
    const fresh = await HostileWaters.open();
    expect((await fresh.tellOfLogout('x')).status).toBe(409);
    await fresh.close();
  });

  it('that meets the callback of a login leaves no session and no secret, whichever is first', async () => {
    const issuer = await waters.issuer('race');
    const secret = await waters.secretOf(await waters.loggedIn(issuer));
    const ends = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
      expect(await tell(issuer)).toBe(200);
      issuer.sessionId = `race-${round}`;
      const browser = new Browser();
      const url = await waters.callbackOf(browser);
      const told = async () => {
        // Later from round to round, so that it meets each step of the login.
        for (let turn = 0; turn < round * 4; turn++) await new Promise(setImmediate);
        return tell(issuer);
      };
      const [page, status] = await Promise.all([browser.fetch(url), told()]);
      ends.add(page.status);
      expect([status, await waters.me(browser)]).toEqual([200, null]);
      expect((await waters.verify(issuer.username, secret)).status).toBe('PROVIDER_LOGOUT');
      issuer.sessionId = `after-${round}`;
      await waters.loggedIn(issuer);
      expect((await waters.verify(issuer.username, secret)).status).toBe('VALID');
    }
    expect([...ends].every((status) => [302, 403].includes(status))).toBe(true);
  });
});
