import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { LOGIN, LOGOUT, ME, ONBOARD } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { NASTY_RETURN_PATHS } from './support/nasty-return-paths.js';

const sessionOf = async (browser: Browser, url: string) =>
  (await browser.jar.getCookies(url)).find(({ key }) => key === 'mooring')?.value;

describe('A browser', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    ({ app } = scenario);
  });
  afterEach(() => scenario.close());

  const isLoggedIn = async (browser: Browser) => (await app.ask(browser, ME)).data.me !== null;

  it('gets a new session at each login and at onboarding, and the one before counts no longer', async () => {
    const lin = new Browser();
    await scenario.firstLogin(lin, 'lin');
    const [waiting, seen] = [lin.copy(), [await sessionOf(lin, app.url)]];
    await app.ask(lin, ONBOARD, { input: { username: 'lin' } });
    seen.push(await sessionOf(lin, app.url));
    expect(await isLoggedIn(waiting)).toBe(false);
    const before = lin.copy();
    await scenario.login(lin, 'lin');
    seen.push(await sessionOf(lin, app.url));
    expect([await isLoggedIn(before), await isLoggedIn(lin)]).toEqual([false, true]);
    await app.ask(lin, LOGIN, { input: { username: 'admin', password: app.adminPassword } });
    seen.push(await sessionOf(lin, app.url));
    expect(new Set(seen).size).toBe(4);
    for (const token of seen) expect(token).toMatch(/^[0-9A-Za-z]{32,}$/);
  });

  it('is given no session that it names itself', async () => {
    const browser = new Browser();
    const planted = 'a'.repeat(43);
    await browser.jar.setCookie(`mooring=${planted}; Path=/`, app.url);
    await app.ask(browser, LOGIN, { input: { username: 'admin', password: app.adminPassword } });
    expect(await sessionOf(browser, app.url)).not.toBe(planted);
    expect(await isLoggedIn(browser)).toBe(true);
  });

  it('is neither logged in nor out by a form on another site, whatever the form calls its content', async () => {
    const lin = await scenario.onboarded('lin');
    const login = JSON.stringify({
      query: LOGIN,
      variables: { input: { username: 'admin', password: app.adminPassword } },
    });
    const logout = JSON.stringify({ query: LOGOUT });
    const post = (body: string | FormData | URLSearchParams, headers: Record<string, string>) =>
      lin.fetch(`${app.url}/graphql`, { method: 'POST', body, headers });
    const form = new URLSearchParams({ query: LOGOUT });
    const multipart = new FormData();
    multipart.set('operations', logout);
    multipart.set('query', LOGOUT);
    const evil = { origin: 'https://evil.example' };
    const statuses = [];
    for (const body of [login, logout]) {
      statuses.push((await post(body, { 'content-type': 'text/plain' })).status);
      statuses.push((await post(body, { 'content-type': 'text/plain; application/json' })).status);
      statuses.push((await post(body, { 'content-type': 'application/x-www-form-urlencoded' })).status);
      for (const origin of [
        'https://evil.example',
        'null',
        'http://localhost.evil.example',
        `${app.url}.evil.example`,
      ]) {
        statuses.push((await post(body, { 'content-type': 'application/json', origin })).status);
      }
    }
    statuses.push((await post(form, evil)).status, (await post(form, {})).status, (await post(multipart, {})).status);
    expect(statuses).toEqual([...Array(2).fill([415, 415, 415, 403, 403, 403, 403]).flat(), 415, 415, 415]);
    const byLink = await lin.fetch(`${app.url}/graphql?${new URLSearchParams({ query: LOGOUT })}`);
    expect(byLink.status).toBe(405);
    const { me } = (await app.ask(lin, ME)).data;
    expect(me.username).toBe('lin');
  });

  it('lets no script of another site read an answer', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    for (const path of ['/graphql', '/service/token', '/c/oidc/login', '/']) {
      for (const method of ['OPTIONS', 'GET']) {
        const response = await fetch(`${app.url}${path}`, { method, headers, redirect: 'manual' });
        const allowing = [...response.headers.keys()].filter((name) => name.startsWith('access-control-'));
        expect([path, method, allowing]).toEqual([path, method, []]);
      }
    }
  });

  it('is led by no wanted address to another host after a login, in more than sixty ways to try it', async () => {
    const lin = await scenario.onboarded('lin');
    expect((await scenario.login(lin, 'lin', '/profile?tab=1#copy')).url.href).toBe(`${app.url}/profile?tab=1#copy`);
    for (const wanted of NASTY_RETURN_PATHS) {
      const { url, status } = await scenario.login(lin, 'lin', wanted);
      expect([wanted, url.origin, status < 400 || status === 404]).toEqual([wanted, app.url, true]);
    }
  });

  it('is told to keep nothing that has a person in it', async () => {
    const lin = await scenario.onboarded('lin');
    const post = (query: string) =>
      lin.fetch(`${app.url}/graphql`, {
        method: 'POST',
        body: JSON.stringify({ query }),
        headers: { 'content-type': 'application/json' },
      });
    const away = await lin.fetch(`${app.url}/c/oidc/login`);
    const back = await lin.fetch(`${app.url}/c/oidc/callback?code=a&state=b`);
    const isCallback = ({ pathname }: URL) => pathname === '/c/oidc/callback';
    const loggedIn = await lin.fetch((await lin.open(`${app.url}/c/oidc/login`, {}, isCallback)).url);
    expect([away.status, loggedIn.status]).toEqual([302, 302]);
    const loggedOut = await lin.fetch(`${app.url}/c/oidc/logged-out?state=x`);
    const token = await lin.fetch(`${app.url}/service/token?service=registry`);
    const refused = await lin.fetch(`${app.url}/service/token?service=registry`, {
      headers: { authorization: 'Basic x' },
    });
    const metrics = await lin.fetch(`${app.url}/metrics`);
    const ofLogins = [away, back, loggedIn, loggedOut];
    for (const page of [await post(ME), await post('{ nonsense }'), ...ofLogins, token, refused, metrics]) {
      expect([page.url.pathname, page.headers.get('cache-control')]).toEqual([page.url.pathname, 'no-store']);
    }
  });

  it('is told on every page that it shows to run nothing foreign, to frame it nowhere and to tell nobody where it was', async () => {
    for (const path of [
      '/',
      '/profile',
      '/onboarding',
      '/c/oidc/login',
      '/c/oidc/callback',
      '/nowhere',
      '/style.css',
      '/graphqlx',
      '/service/x',
    ]) {
      const { headers } = await new Browser().fetch(`${app.url}${path}`);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
      expect([path, headers.get('x-frame-options'), headers.get('referrer-policy')]).toEqual([
        path,
        'DENY',
        'no-referrer',
      ]);
      expect([headers.get('x-content-type-options'), headers.get('strict-transport-security')]).toEqual([
        'nosniff',
        null,
      ]);
    }
  });

  it('is told to take what is for programs for nothing else', async () => {
    for (const path of ['/graphql', '/service/token', '/service/token?service=registry', '/service/certificate']) {
      const { headers } = await new Browser().fetch(`${app.url}${path}`);
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    }
  });
});

describe('A browser that comes by https', () => {
  it('gets cookies bound to this host and to https, and is told to come by https alone', async () => {
    const app = await TestApp.start({ PUBLIC_URL: 'https://mooring.example.com' });
    const headers = { 'content-type': 'application/json', origin: 'https://mooring.example.com' };
    const variables = { input: { username: 'admin', password: app.adminPassword } };
    const body = JSON.stringify({ query: LOGIN, variables });
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-mooring=[0-9A-Za-z]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    const page = await fetch(`${app.url}/`);
    expect(page.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    await app.stop();
  });
});
