import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN, LOGOUT, VERIFY } from './support/documents.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { HostileIssuer, Misbehaviour } from './support/hostile-provider.js';

const LIFE_SECONDS = 300;
const QUESTION = '{ loginOptions { logoutEndsCliSecret } }';
const LOGOUT_HERE = 'mutation { logout(input: { hereOnly: true }) { redirectUrl } }';
const OFFLINE = { scope: 'openid,profile,email,offline_access' };
const isLoginPage = ({ pathname }: URL) => pathname === '/';
/** What providers answer to a refresh token that they have revoked. */
const REVOKED: readonly (readonly [what: string, status: number, body: string])[] = [
  ['invalid_grant', 400, '{"error":"invalid_grant"}'],
  ['a sentence of Pocket ID', 400, '{"error":"Refresh token is invalid or expired"}'],
  ['nothing', 400, ''],
];

/** A provider that refuses refreshes after a logout there, until the next login. */
class Revoking {
  isRevoked = false;
  person = 'lin';

  constructor(
    private readonly status = 400,
    private readonly body = '{"error":"invalid_grant"}',
    private readonly revokesAtLogout = true,
  ) {}

  readonly misbehaviour: Misbehaviour = {
    claims: (honest) => ({ ...honest, sub: this.person, preferred_username: this.person }),
    userinfo: (honest) => ({ ...honest, sub: this.person, preferred_username: this.person }),
    answer: (endpoint, _request, response, { form }) => {
      if (endpoint === 'end-session') this.isRevoked ||= this.revokesAtLogout;
      if (form.get('grant_type') === 'authorization_code') this.isRevoked = false;
      const isRefused = form.get('grant_type') === 'refresh_token' && this.isRevoked;
      if (isRefused) response.writeHead(this.status, { 'content-type': 'application/json' }).end(this.body);
      return isRefused;
    },
  };
}

describe('Where the provider revokes tokens at a logout', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  const loggedInAs = async (username: string): Promise<Browser> => {
    const browser = new Browser();
    await scenario.login(browser);
    expect((await scenario.me(browser)).username).toBe(username);
    return browser;
  };
  const isAsked = async (browser: Browser, app = scenario.app): Promise<boolean> =>
    (await app.ask(browser, QUESTION)).data.loginOptions.logoutEndsCliSecret;
  const logoutThere = async (browser: Browser) => browser.open(await scenario.logout(browser), {}, isLoginPage);
  const statusOf = async (username: string, secret: string): Promise<string> =>
    (await scenario.verify(username, secret)).status;
  /** The server that was started last writes the log of all. */
  const others: TestApp[] = [];
  const timesLogged = () => {
    const log = [scenario.app, ...others].flatMap((app) => app.log).join('');
    return log.split('A logout at the provider ended a CLI secret').length - 1;
  };
  let opened = 0;
  const open = async (provider: Revoking, oidc: object = {}): Promise<{ issuer: HostileIssuer; username: string }> => {
    const name = `revoking-${++opened}`;
    provider.person = name;
    return { issuer: await scenario.issuer(name, provider.misbehaviour, oidc), username: name };
  };
  /** Logs out at the provider, and has the secret used once the token has expired. */
  const seenBy = async (username: string, laterSeconds = LIFE_SECONDS + 1): Promise<void> => {
    const browser = await loggedInAs(username);
    const secret = await scenario.secretOf(browser);
    expect(await isAsked(browser)).toBe(false);
    await logoutThere(browser);
    expect(await statusOf(username, secret)).toBe('VALID');
    scenario.app.clock.advance(laterSeconds);
    expect(await statusOf(username, secret)).not.toBe('VALID');
  };

  it.each(REVOKED)('a logout is asked about once that was seen, told by %s', async (_what, status, body) => {
    const provider = new Revoking(status, body);
    const { username } = await open(provider, OFFLINE);
    const linesBefore = timesLogged();
    await seenBy(username);
    expect(timesLogged() - linesBefore).toBe(1);
    const browser = await loggedInAs(username);
    expect(await isAsked(browser)).toBe(true);
    provider.person = `other-${username}`;
    const other = await loggedInAs(provider.person);
    expect(await isAsked(other)).toBe(true);
    const secret = await scenario.secretOf(other);
    expect((await scenario.app.ask(other, LOGOUT_HERE)).data.logout).toEqual({ redirectUrl: null });
    expect(await scenario.me(other)).toBeNull();
    scenario.app.clock.advance(LIFE_SECONDS + 1);
    expect(await statusOf(provider.person, secret)).toBe('VALID');
  });

  it('and the logout there is still one that the user can choose', async () => {
    const { username, issuer } = await open(new Revoking());
    await seenBy(username);
    const browser = await loggedInAs(username);
    await logoutThere(browser);
    expect([issuer.timesAsked('end-session'), await scenario.me(browser)]).toEqual([2, null]);
  });

  it('nobody is asked who is not logged in at that provider, or where logouts do not go there', async () => {
    const { username, issuer } = await open(new Revoking());
    await seenBy(username);
    const browser = await loggedInAs(username);
    const admin = await scenario.app.loggedIn('admin', scenario.app.adminPassword);
    expect([await isAsked(new Browser()), await isAsked(admin), await isAsked(browser)]).toEqual([false, false, true]);
    await scenario.app.configure({ oidc: { logout: false } });
    expect(await isAsked(browser)).toBe(false);
    await scenario.app.configure({ oidc: { logout: true } });
    await scenario.issuer(`${username}-instead`);
    expect(await isAsked(browser)).toBe(false);
    await scenario.app.configure({ oidc: { endpoint: issuer.url, clientSecret: 'provider-client-secret' } });
    expect(await isAsked(browser)).toBe(true);
  });

  it('a refusal more than an hour after the logout tells nothing', async () => {
    const { username } = await open(new Revoking());
    await seenBy(username, 3_601);
    expect(await isAsked(await loggedInAs(username))).toBe(false);
  });

  it.each([
    ['a refusal without a logout', async (browser: Browser) => void (await scenario.app.ask(browser, LOGOUT_HERE)), 0],
    ['a refusal after another login', async (browser: Browser) => void (await logoutThere(browser)), 1],
  ])('%s tells nothing', async (_what, logout, logins) => {
    const provider = new Revoking();
    const { username } = await open(provider);
    const browser = await loggedInAs(username);
    const secret = await scenario.secretOf(browser);
    await logout(browser);
    scenario.app.clock.advance(1);
    for (let login = 0; login < logins; login++) await loggedInAs(username);
    provider.isRevoked = true;
    scenario.app.clock.advance(LIFE_SECONDS + 1);
    expect(await statusOf(username, secret)).toBe('REFRESH_REJECTED');
    expect(await isAsked(await loggedInAs(username))).toBe(false);
  });

  it.each(REVOKED)('a refusal after a refresh since the logout tells nothing: %s', async (_what, status, body) => {
    const provider = new Revoking(status, body, false);
    const { username } = await open(provider);
    const browser = await loggedInAs(username);
    const secret = await scenario.secretOf(browser);
    await logoutThere(browser);
    scenario.app.clock.advance(LIFE_SECONDS + 1);
    expect(await statusOf(username, secret)).toBe('VALID');
    provider.isRevoked = true;
    scenario.app.clock.advance(LIFE_SECONDS + 1);
    expect(await statusOf(username, secret)).not.toBe('VALID');
    expect(await isAsked(await loggedInAs(username))).toBe(false);
  });

  it.each([
    ['an error of the server', 503, '{"error":"server_error"}'],
    ['rejected client credentials', 401, '{"error":"invalid_client"}'],
    ['a page of a proxy', 404, '<html>'],
  ])('%s tells nothing', async (_what, status, body) => {
    const provider = new Revoking(status, body);
    const { username } = await open(provider);
    await seenBy(username);
    expect(await isAsked(await loggedInAs(username))).toBe(false);
  });

  it('an unclear answer tells nothing if the same token is refreshed after all', async () => {
    const provider = new Revoking(400, '{"error":"unauthorized_client"}');
    const { username } = await open(provider);
    const other = await loggedInAs(username);
    const secret = await scenario.secretOf(other);
    await seenBy(username);
    expect(await isAsked(other)).toBe(true);
    provider.isRevoked = false;
    scenario.app.clock.advance(60);
    expect(await statusOf(username, secret)).toBe('VALID');
    expect(await isAsked(other)).toBe(false);
  });

  it('grants without offline access tell nothing about those with it, but those tell about all', async () => {
    const provider = new Revoking();
    const { username } = await open(provider);
    await seenBy(username);
    await scenario.app.configure({ oidc: OFFLINE });
    expect(await isAsked(await loggedInAs(username))).toBe(false);
    provider.person = `offline-${username}`;
    await seenBy(provider.person);
    expect(await isAsked(await loggedInAs(provider.person))).toBe(true);
    await scenario.app.configure({ oidc: { scope: 'openid,profile,email' } });
    provider.person = username;
    expect(await isAsked(await loggedInAs(username))).toBe(true);
  });

  it('a logout token that the provider sends for the logout, and that ends the secret, tells the same', async () => {
    const provider = new Revoking();
    const { username, issuer } = await open(provider);
    const browser = await loggedInAs(username);
    await logoutThere(browser);
    const claims = issuer.logoutClaims({ sub: username });
    expect((await scenario.tellOfLogout(await issuer.pair.sign(claims))).status).toBe(200);
    issuer.sessionId = 'later';
    expect(await isAsked(await loggedInAs(username))).toBe(true);
  });

  it('three replicas know it together: of a logout at one and a refusal at another', async () => {
    const { environment, adminPassword: ADMIN_PASSWORD, url: PUBLIC_URL, clock } = scenario.app;
    const start = () => TestApp.start({ DATA_DIR: environment.dataDir, ADMIN_PASSWORD, PUBLIC_URL });
    const [second, third] = [await start(), await start()];
    others.push(second, third);
    try {
      const { username } = await open(new Revoking());
      const browser = await loggedInAs(username);
      const secret = await scenario.secretOf(browser);
      const aheadMs = clock.now().getTime() - second.clock.now().getTime();
      for (const replica of [second, third]) replica.clock.advance(aheadMs / 1000);
      await browser.open((await second.ask(browser, LOGOUT)).data.logout.redirectUrl, {}, isLoginPage);
      for (const replica of [scenario.app, second, third]) replica.clock.advance(LIFE_SECONDS + 1);
      const { data } = await scenario.app.ask(scenario.app.admin, CREATE_TOKEN, {
        input: { name: 'replicas', role: 'VERIFIER' },
      });
      const verified = await third.ask({ bearer: data.createServiceToken.token }, VERIFY, { username, secret });
      expect(verified.data.verifyCliSecret.status).toBe('REFRESH_REJECTED');
      const again = await loggedInAs(username);
      for (const replica of [scenario.app, second, third]) expect(await isAsked(again, replica)).toBe(true);
    } finally {
      for (const replica of [second, third]) await replica.stop({ keepData: true });
    }
  });
});
