import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import {
  HOSTILE_CLIENT_SECRET,
  HostileIssuer,
  Misbehaviour,
  SigningPair,
  signWithSecret,
  unsigned,
} from '../support/hostile-provider.js';
import { HostileScenario } from '../support/hostile-scenario.js';

describe('Logout', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  /** Two browsers in one session of the provider; one of them logs out, and the provider tells of it. */
  const toldBy = async (
    name: string,
    make: (issuer: HostileIssuer) => string | Promise<string>,
    more: Misbehaviour = {},
  ) => {
    const issuer = await scenario.issuer(name, more);
    const [one, other] = [await scenario.loggedIn(issuer), await scenario.loggedIn(issuer)];
    const before = await scenario.refused('BAD_USER_INPUT', 'backchannel_logout');
    await one.open(await scenario.logout(one), {}, ({ pathname }) => pathname === '/c/oidc/logged-out');
    const { status, headers, text } = await scenario.tellOfLogout(await make(issuer));
    const isLoggedIn = (await scenario.me(other)) !== null;
    const refused = (await scenario.refused('BAD_USER_INPUT', 'backchannel_logout')) - before;
    expect(headers.get('cache-control')).toBe('no-store');
    if (status !== 200) expect(JSON.parse(text)).toMatchObject({ error: 'invalid_request' });
    return { status, isLoggedIn, refused };
  };
  const REFUSED = { status: 400, isLoggedIn: true, refused: 1 };
  const claiming = (changes: object) => (issuer: HostileIssuer) =>
    issuer.pair.sign(issuer.logoutClaims(changes as Record<string, unknown>));

  it('oidcc-client-test-rp-backchannel-rpinitlogout: ends the sessions that the logout token names', async () => {
    const told = await toldBy('oidcc-client-test-rp-backchannel-rpinitlogout', claiming({}));
    expect(told).toEqual({ status: 200, isLoggedIn: false, refused: 0 });
  });

  it('oidcc-client-test-rp-backchannel-rpinitlogout-alg-none: refuses a logout token that nobody has signed', async () => {
    const told = await toldBy('oidcc-client-test-rp-backchannel-rpinitlogout-alg-none', (issuer) =>
      unsigned(issuer.logoutClaims()),
    );
    expect(told).toEqual(REFUSED);
  });

  it('oidcc-client-test-rp-backchannel-rpinitlogout-no-event: refuses one that tells of no event', async () => {
    const told = await toldBy(
      'oidcc-client-test-rp-backchannel-rpinitlogout-no-event',
      claiming({ events: undefined }),
    );
    expect(told).toEqual(REFUSED);
  });

  it('oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event: refuses one that tells of another event', async () => {
    const events = { 'http://schemas.openid.net/event/something-else': {} };
    const told = await toldBy('oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event', claiming({ events }));
    expect(told).toEqual(REFUSED);
  });

  it('oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce: refuses one with a nonce', async () => {
    const told = await toldBy('oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce', claiming({ nonce: 'x' }));
    expect(told).toEqual(REFUSED);
  });

  it('oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud: refuses one that is meant for another client', async () => {
    const told = await toldBy('oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud', claiming({ aud: 'another' }));
    expect(told).toEqual(REFUSED);
  });

  it('oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss: refuses one of another issuer', async () => {
    const iss = 'https://other.example.com';
    const told = await toldBy('oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss', claiming({ iss }));
    expect(told).toEqual(REFUSED);
  });

  it('oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg: refuses algorithms that are not published', async () => {
    const name = 'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg';
    const elliptic = await SigningPair.make('elliptic', 'ES256');
    // Its key is published: that it was never said to be used is what counts.
    const keys: Misbehaviour['keys'] = (honest) => ({ keys: [...honest, elliptic.publicJwk] });
    const byEllipticKey = (issuer: HostileIssuer) => elliptic.sign(issuer.logoutClaims());
    expect(await toldBy(name, byEllipticKey, { keys })).toEqual(REFUSED);
    const bySecret = (issuer: HostileIssuer) => signWithSecret(issuer.logoutClaims(), HOSTILE_CLIENT_SECRET);
    expect(await toldBy(name, bySecret)).toEqual(REFUSED);
  });

  it('oidcc-client-test-rp-init-logout: logs out at the provider and comes back', async () => {
    const browser = await scenario.loggedIn(await scenario.issuer('oidcc-client-test-rp-init-logout'));
    const url = new URL(await scenario.logout(browser));
    expect([...url.searchParams.keys()].sort()).toEqual([
      ...['client_id', 'id_token_hint', 'post_logout_redirect_uri', 'state'],
    ]);
    const back = await browser.open(url, {}, ({ pathname }) => pathname === '/');
    expect([back.status, back.url.href]).toEqual([302, `${scenario.app.url}/`]);
    expect(await scenario.me(browser)).toBeNull();
  });

  const comesBack = async (name: string, loggedOut: (parameters: URLSearchParams) => void): Promise<Browser> => {
    const browser = await scenario.loggedIn(await scenario.issuer(name, { loggedOut }));
    const page = await browser.open(await scenario.logout(browser));
    expect([page.status, page.text]).toEqual([
      200,
      expect.stringContaining('This page follows a logout at the OpenID provider. It changes nothing'),
    ]);
    return browser;
  };

  it('oidcc-client-test-rp-init-logout-no-state: does not take a return without the state', async () => {
    const browser = await comesBack('oidcc-client-test-rp-init-logout-no-state', (back) => back.delete('state'));
    expect(await scenario.me(browser)).toBeNull();
  });

  it('oidcc-client-test-rp-init-logout-other-state: does not take a return with another state', async () => {
    const browser = await comesBack('oidcc-client-test-rp-init-logout-other-state', (back) => back.set('state', 'x'));
    expect(await scenario.me(browser)).toBeNull();
  });
});
