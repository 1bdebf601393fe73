import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Browser, Page } from './support/browser.js';
import { LOGOUT, ME } from './support/documents.js';
import { formOn, submitForm } from './support/form-page.js';
import { HOSTILE_CLIENT_SECRET, HostileIssuer, HostileProvider } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { openPathProxy, PathHandling } from './support/path-proxy.js';
import { SiteBelowPath } from './support/site-below-path.js';

const PATHS = ['/c/oidc/logout-form', '/c/oidc/logged-out', '/c/oidc/logged-out?state=x'];
const withManyGroups = () => {
  const groups = Array.from({ length: 300 }, () => randomUUID());
  return { claims: (honest: object) => ({ ...honest, groups }) };
};

describe('A stranger', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  const isUnframeable = ({ headers }: Page) => {
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
  };

  it.each(PATHS)('can frame no page of a logout, and a link to it changes nothing: %s', async (path) => {
    const browser = await scenario.loggedIn(await scenario.issuer('linked'));
    const page = await browser.fetch(`${scenario.app.url}${path}`, { headers: { referer: 'https://evil.example/' } });
    isUnframeable(page);
    expect([page.status, page.headers.get('set-cookie'), page.headers.get('location')]).toEqual([200, null, null]);
    expect(page.text).not.toContain('<form');
    expect(await scenario.me(browser)).not.toBeNull();
  });

  it('can not frame the form of a logout either', async () => {
    const browser = await scenario.loggedIn(await scenario.issuer('form', withManyGroups()));
    isUnframeable(await browser.open(await scenario.logout(browser)));
  });

  it('can begin no logout from another site, here or at the provider', async () => {
    const issuer = await scenario.issuer('forged');
    const browser = await scenario.loggedIn(issuer);
    const body = JSON.stringify({ query: LOGOUT });
    const tries: Record<string, string>[] = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json', origin: 'https://evil.example' },
      { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
    ];
    for (const headers of tries) {
      const { status } = await browser.fetch(`${scenario.app.url}/graphql`, { method: 'POST', headers, body });
      expect(status).toBeGreaterThanOrEqual(400);
    }
    expect([await scenario.me(browser), issuer.timesAsked('end-session')]).toEqual([expect.anything(), 0]);
  });

  it('learns no ID token from the log or an address, and none is kept in a cookie', async () => {
    const issuer = await scenario.issuer('quiet', withManyGroups());
    const browser = await scenario.loggedIn(issuer);
    const url = await scenario.logout(browser);
    const jar = JSON.stringify(await browser.jar.getCookies(scenario.app.url));
    const page = await browser.open(url);
    const token = formOn(page).fields.id_token_hint!;
    const [, payload = ''] = token.split('.');
    const back = await submitForm(browser, page, ({ pathname }) => pathname === '/');
    const sent = issuer.asked.findLast(({ endpoint }) => endpoint === 'end-session')!;
    expect(sent.form.get('id_token_hint')).toBe(token);
    for (const place of [scenario.app.log.join(''), jar, url, back.url.href]) expect(place).not.toContain(payload);
  });

  it('gets nothing but a page without content for a session that somebody has, by any method that reads', async () => {
    const issuer = await scenario.issuer('read');
    const browser = await scenario.loggedIn(issuer);
    const query = new URLSearchParams({ iss: issuer.url, sid: 'not-theirs' });
    for (const method of ['GET', 'HEAD']) {
      const url = `${scenario.app.url}/c/oidc/frontchannel-logout?${query}`;
      const page = await new Browser().fetch(url, { method });
      expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
    }
    expect(await scenario.me(browser)).not.toBeNull();
  });
});

describe.each<PathHandling>(['REMOVED', 'KEPT', 'REMOVED AND KEPT'])(
  'Below a path that the proxy has %s, a logout',
  (handling) => {
    let site: SiteBelowPath;
    let provider: HostileProvider;
    beforeAll(async () => {
      site = await SiteBelowPath.start('/tools/mooring', (place) => openPathProxy(place, handling));
      provider = await HostileProvider.start(() => site.app.clock.now());
    });
    afterAll(async () => {
      await site.stop();
      await provider.close();
    });

    const loggedIn = async (issuer: HostileIssuer): Promise<Browser> => {
      const client = { endpoint: issuer.url, clientId: 'mooring', clientSecret: HOSTILE_CLIENT_SECRET };
      const usual = { scope: 'openid,profile', groupsClaim: 'groups', autoOnboard: true, logout: true };
      expect((await site.configure({ authMode: 'OIDC', oidc: { ...client, ...usual } })).code).toBeUndefined();
      const browser = new Browser();
      await browser.open(`${site.url}/c/oidc/login`, {}, ({ href }) => href === `${site.url}/`);
      expect((await site.ask(browser, ME)).data.me.username).toBe(issuer.username);
      return browser;
    };

    it('goes to the provider as a form, and comes back', async () => {
      const browser = await loggedIn(provider.issuer('form', withManyGroups()));
      const { redirectUrl } = (await site.ask(browser, LOGOUT)).data.logout;
      expect(redirectUrl).toBe(`${site.url}/c/oidc/logout-form`);
      const back = await submitForm(browser, await browser.open(redirectUrl), ({ href }) => href === `${site.url}/`);
      expect(back.url.href).toBe(`${site.url}/`);
    });

    it('is told in a frame', async () => {
      const issuer = provider.issuer('frame');
      const browser = await loggedIn(issuer);
      const query = new URLSearchParams({ iss: issuer.url, sid: issuer.sessionId });
      const page = await new Browser().fetch(`${site.url}/c/oidc/frontchannel-logout?${query}`);
      expect([page.status, page.headers.get('x-frame-options')]).toEqual([200, null]);
      expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${provider.origin}`);
      expect((await site.ask(browser, ME)).data.me).toBeNull();
    });
  },
);
