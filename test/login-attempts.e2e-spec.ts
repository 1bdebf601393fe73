import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { LOGIN, ME } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

describe('A login at the provider', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  const me = async (browser: Browser) => (await scenario.app.ask(browser, ME)).data.me;
  const answerFor = (browser: Browser, login: string) => scenario.submitAndStopBeforeCallback(browser, login);

  it('carries PKCE, state, nonce, the scopes of the settings and the extra parameters', async () => {
    const page = await new Browser().fetch(`${scenario.app.url}/c/oidc/login`);
    expect(page.status).toBe(302);
    const location = new URL(page.headers.get('location')!);
    const parameters = Object.fromEntries(location.searchParams);
    expect(parameters).toMatchObject({
      response_type: 'code',
      client_id: 'mooring',
      redirect_uri: `${scenario.app.url}/c/oidc/callback`,
      scope: 'openid profile email groups offline_access',
      code_challenge_method: 'S256',
      prompt: 'consent',
    });
    expect(parameters.state).toMatch(/^\w{32}$/);
    expect(parameters.nonce).toMatch(/^\w{32}$/);
    expect(parameters.code_challenge).toMatch(/^[\w-]{43}$/);
    const [cookie] = page.headers.getSetCookie();
    expect(cookie).toMatch(/^mooring-login-\w{32}=v1\.\S+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const again = await new Browser().fetch(`${scenario.app.url}/c/oidc/login`);
    const others = new URL(again.headers.get('location')!).searchParams;
    for (const name of ['state', 'nonce', 'code_challenge']) expect(others.get(name)).not.toBe(parameters[name]);
  });

  it('works in two tabs of one browser, in either order', async () => {
    await scenario.onboarded('lin');
    const browser = new Browser();
    const first = await scenario.toProvider(browser, '/profile?tab=1');
    const second = await scenario.toProvider(browser, '/profile?tab=2');
    expect((await scenario.loginAt(browser, second, 'lin')).url.search).toBe('?tab=2');
    expect((await scenario.loginAt(browser, first, 'lin')).url.search).toBe('?tab=1');
  });

  it('is given up where five others were begun after it in the same browser', async () => {
    await scenario.onboarded('lin');
    const browser = new Browser();
    const tabs = [];
    for (let tab = 0; tab < 6; tab++) {
      tabs.push(await scenario.toProvider(browser, `/profile?tab=${tab}`));
      scenario.app.clock.advance(1);
    }
    const cookies = await browser.jar.getCookies(scenario.app.url);
    expect(cookies.filter(({ key }) => key.startsWith('mooring-login-'))).toHaveLength(5);
    const isCallback = ({ pathname }: URL) => pathname === '/c/oidc/callback';
    const { url: oldest } = await browser.submit(tabs[0]!, { login: 'lin' }, isCallback);
    expect((await browser.fetch(oldest)).status).toBe(403);
    expect((await scenario.loginAt(browser, tabs[1]!, 'lin')).url.search).toBe('?tab=1');
  });

  it('is given up where later ones in the same browser need its room, and no other is', async () => {
    await scenario.onboarded('lin');
    const browser = new Browser();
    const tabs = [];
    for (const tab of ['1', '2', '3']) {
      tabs.push(await scenario.toProvider(browser, `/profile?tab=${tab}&${'a'.repeat(900)}`));
      scenario.app.clock.advance(1);
    }
    expect((await browser.jar.getCookieString(scenario.app.url)).length).toBeLessThanOrEqual(4096);
    expect((await scenario.loginAt(browser, tabs[1]!, 'lin')).url.search).toMatch(/^\?tab=2/);
    expect((await scenario.loginAt(browser, tabs[2]!, 'lin')).url.search).toMatch(/^\?tab=3/);
    const isCallback = ({ pathname }: URL) => pathname === '/c/oidc/callback';
    const { url: oldest } = await browser.submit(tabs[0]!, { login: 'lin' }, isCallback);
    expect((await browser.fetch(oldest)).status).toBe(403);
  });

  it('never mixes up people who log in at the same moment', async () => {
    await Promise.all(['lin', 'sam', 'ada'].map((name) => scenario.onboarded(name)));
    const logins = ['lin', 'sam', 'ada', 'lin', 'sam', 'ada'];
    const names = await Promise.all(
      logins.map(async (name) => {
        const browser = new Browser();
        await scenario.login(browser, name);
        return (await me(browser)).username as string;
      }),
    );
    expect(names).toEqual(logins);
  });

  it('is refused in a browser in which it did not begin', async () => {
    const url = await answerFor(new Browser(), 'lin');
    const page = await new Browser().fetch(url);
    expect(page.status).toBe(403);
    expect(page.text).toContain('start again');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('is used once: its answer does not log in twice', async () => {
    const browser = new Browser();
    const url = await answerFor(browser, 'lin');
    const twin = Object.assign(new Browser(), { jar: await browser.jar.clone() });
    expect((await browser.fetch(url)).status).toBe(302);
    expect((await browser.fetch(url)).status).toBe(403);
    expect((await twin.fetch(url)).status).toBe(403);
  });

  it('is refused with another state, a doubled one, or none', async () => {
    const browser = new Browser();
    const url = await answerFor(browser, 'lin');
    const other = (change: (parameters: URLSearchParams) => void) => {
      const changed = new URL(url);
      change(changed.searchParams);
      return browser.fetch(changed);
    };
    expect((await other((parameters) => parameters.set('state', 'x'.repeat(32)))).status).toBe(403);
    expect((await other((parameters) => parameters.delete('state'))).status).toBe(403);
    expect((await other((parameters) => parameters.append('state', 'y'))).status).toBe(403);
  });

  it('is refused where its cookie was renamed after another state', async () => {
    const browser = new Browser();
    const url = await answerFor(browser, 'lin');
    const [cookie] = (await browser.jar.getCookies(url.href)).filter(({ key }) => key.startsWith('mooring-login-'));
    const state = 'x'.repeat(32);
    await browser.jar.setCookie(`mooring-login-${state}=${cookie!.value}; Path=/`, url.href);
    url.searchParams.set('state', state);
    expect((await browser.fetch(url)).status).toBe(403);
  });

  it('is refused ten minutes after it began', async () => {
    const browser = new Browser();
    const url = await answerFor(browser, 'lin');
    scenario.app.clock.advance(10 * 60 + 1);
    expect((await browser.fetch(url)).status).toBe(403);
  });

  it('is refused where the settings name another client by the time of the answer', async () => {
    const browser = new Browser();
    const url = await answerFor(browser, 'lin');
    await scenario.configure({ oidc: { clientId: 'another' } });
    expect((await browser.fetch(url)).status).toBe(403);
  });

  it('ends on a page that says so where the person refuses at the provider', async () => {
    const browser = new Browser();
    const page = await browser.submit(await scenario.toProvider(browser), { login: '' });
    expect(page.url.pathname).toBe('/c/oidc/callback');
    expect(page).toMatchObject({ status: 403 });
    expect(page.text).toContain('LOGIN_DENIED');
  });

  it('ends on a page where the code is none of the provider, and nobody is logged in', async () => {
    const browser = new Browser();
    const url = await answerFor(browser, 'lin');
    url.searchParams.set('code', 'forged');
    const page = await browser.fetch(url);
    expect(page.status).toBe(502);
    expect(page.text).not.toContain('forged');
    expect(await me(browser)).toBeNull();
  });

  it.each([
    '//evil.example.com',
    'https://evil.example.com/',
    '/\\evil.example.com',
    'javascript:alert(1)',
    '/\t/evil.example.com',
  ])('returns to the start and not to %j', async (returnTo) => {
    await scenario.onboarded('lin');
    const landed = await scenario.login(new Browser(), 'lin', returnTo);
    expect(landed.url.href).toBe(`${scenario.app.url}/`);
  });

  it.each([
    ['long', `/${'a'.repeat(2047)}`],
    ['longer once it is encoded', `/profile?tab=${'é'.repeat(1000)}`],
    ['long behind the page', `/profile#${'\u{1f6a2}'.repeat(500)}`],
  ])('leaves room for itself in the browser, however often an address is wanted that is %s', async (_how, wanted) => {
    const browser = new Browser();
    const query = new URLSearchParams({ redirect_url: wanted });
    for (let time = 0; time < 6; time++) {
      const { headers } = await browser.fetch(`${scenario.app.url}/c/oidc/login?${query}`);
      // Browsers keep no longer ones (RFC 6265, section 6.1), and the server reads 16 KiB of headers in all.
      for (const cookie of headers.getSetCookie()) expect(cookie.length).toBeLessThanOrEqual(4096);
      // A proxy before it refuses a header of 8 KB, and with it every page of the site.
      expect((await browser.jar.getCookieString(scenario.app.url)).length).toBeLessThanOrEqual(4096);
      scenario.app.clock.advance(1);
    }
    await scenario.firstLogin(browser, 'lin');
  });

  it('ends the session that the browser had, and gives it a new id', async () => {
    await scenario.onboarded('lin');
    const browser = new Browser();
    const input = { username: 'admin', password: scenario.app.adminPassword };
    await scenario.app.ask(browser, LOGIN, { input });
    const asAdmin = Object.assign(new Browser(), { jar: await browser.jar.clone() });
    await scenario.login(browser, 'lin');
    expect((await me(browser)).username).toBe('lin');
    expect(await me(asAdmin)).toBeNull();
  });

  it('is not for DATABASE mode', async () => {
    await scenario.configure({ authMode: 'DATABASE' });
    const page = await new Browser().fetch(`${scenario.app.url}/c/oidc/login`);
    expect(page.status).toBe(409);
    expect(page.text).toContain('UNSUPPORTED_IN_AUTH_MODE');
  });

  it('ends on a page where the provider does not answer', async () => {
    const endpoint = 'http://127.0.0.1:65535';
    await scenario.configure({ oidc: { endpoint, clientSecret: 'x' } });
    const page = await new Browser().fetch(`${scenario.app.url}/c/oidc/login`);
    expect(page.status).toBe(503);
    expect(page.text).toContain('PROVIDER_UNAVAILABLE');
  });
});
