import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { CONFIGURATION, LOGIN, LOGIN_OPTIONS, LOGOUT, ME, ONBOARD } from './support/documents.js';
import { NASTY_RETURN_PATHS } from './support/nasty-return-paths.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { openPathProxy, PathHandling } from './support/path-proxy.js';
import { basic, getToken } from './support/registry-client.js';
import { SiteBelowPath } from './support/site-below-path.js';

const PATH = '/tools/mooring';
/** A person for each story that logs in, so that the stories run in any order. */
const PEOPLE = ['lin', 'kim', 'sam', 'noor'].map((username) => ({
  ...{ subject: `sub-${username}`, username, name: username, email: `${username}@example.com`, groups: ['crew'] },
}));

describe.each<PathHandling>(['REMOVED', 'KEPT', 'REMOVED AND KEPT'])(
  'Below a path that the proxy has %s',
  (handling) => {
    let site: SiteBelowPath;
    let scenario: OidcScenario<SiteBelowPath>;
    beforeAll(async () => {
      site = await SiteBelowPath.start(PATH, (place) => openPathProxy(place, handling));
      scenario = await OidcScenario.at(site, { people: PEOPLE, oidc: { logout: true } });
    });
    afterAll(() => scenario.close());

    const me = async (browser: Browser) => (await site.ask(browser, ME)).data.me;

    it('a first login goes to the provider and back, and to the page that was wanted', async () => {
      const browser = new Browser();
      const landed = await scenario.login(browser, 'lin', '/profile?tab=secret');
      expect(landed.url.href).toBe(`${site.url}/onboarding`);
      const { data } = await site.ask(browser, ONBOARD, { input: { username: 'lin' } });
      expect(data.onboard.redirectUrl).toBe(`${PATH}/profile?tab=secret`);
      expect(await me(browser)).toMatchObject({ username: 'lin' });
    });

    it('a later login leads to the wanted page, whether it was asked for with the path or without it', async () => {
      await scenario.onboarded('kim');
      for (const wanted of ['/administration/users', `${PATH}/administration/users`]) {
        const landed = await scenario.login(new Browser(), 'kim', wanted);
        expect(landed.url.href).toBe(`${site.url}/administration/users`);
      }
    });

    it('no link leads anywhere else on that host, nor to another host', async () => {
      const nasty = [`${PATH}//evil.example`, `${PATH}/..//evil.example`, `${PATH}/../neighbour`, '/..%2fneighbour'];
      const more = [
        `${PATH}/%2e%2e/neighbour`,
        `${PATH}%2f..%2fneighbour`,
        `${PATH}x/neighbour`,
        `${PATH}${PATH}//evil.example`,
      ];
      for (const returnTo of [...nasty, ...more, ...NASTY_RETURN_PATHS]) {
        const { data } = await site.ask(undefined, LOGIN_OPTIONS, { returnTo });
        const { searchParams } = new URL(data.loginOptions.oidcProvider.loginUrl);
        const path = searchParams.get('redirect_url')!;
        expect([returnTo, path]).toEqual([returnTo, expect.stringMatching(/^\/(?![/\\])(?!.*%(2f|5c).*$)/i)]);
        expect(new URL(PATH + path, site.url).href).toMatch(new RegExp(`^${site.url}/`));
      }
    });

    it('URLs for the provider, the portal and people have the path', async () => {
      const { oidc } = (await site.ask(site.admin, CONFIGURATION)).data.configuration;
      expect(oidc).toMatchObject({
        redirectUri: `${site.url}/c/oidc/callback`,
        postLogoutRedirectUri: `${site.url}/c/oidc/logged-out`,
        backchannelLogoutUri: `${site.url}/c/oidc/backchannel-logout`,
      });
      const { data } = await site.ask(undefined, LOGIN_OPTIONS);
      expect(data.loginOptions.oidcProvider.loginUrl).toBe(`${site.url}/c/oidc/login?redirect_url=%2F`);
      const { message } = await scenario.verify('nobody', 'wrong');
      expect(message).toContain(`is shown at ${site.url}/profile.`);
      const refused = await site.ask(undefined, LOGIN, { input: { username: 'lin', password: 'some Password 1' } });
      expect(refused.errors[0]!.extensions).toMatchObject({ loginUrl: `${site.url}/c/oidc/login` });
    });

    it('registry clients get tokens at a realm below it, and registries the certificate', async () => {
      const realm = `${site.url}/service/token`;
      expect((await fetch(`${realm}?service=registry`)).status).toBe(200);
      const wrong = await getToken(site.url, { service: 'registry' }, basic('nobody', 'wrong'));
      expect([wrong.status, wrong.message]).toEqual([401, expect.stringContaining(`${site.url}/profile`)]);
      const right = await getToken(site.url, { service: 'registry' }, basic('admin', site.app.adminPassword));
      expect([right.status, typeof right.body.token]).toEqual([200, 'string']);
      expect(await (await fetch(`${site.url}/service/certificate`)).text()).toContain('BEGIN CERTIFICATE');
    });

    it('a logout goes to the provider and back to the login page', async () => {
      const browser = await scenario.onboarded('sam');
      const { redirectUrl } = (await site.ask(browser, LOGOUT)).data.logout;
      expect(new URL(redirectUrl).searchParams.get('post_logout_redirect_uri')).toBe(`${site.url}/c/oidc/logged-out`);
      const question = await browser.open(redirectUrl);
      const [, xsrf = ''] = /name="xsrf" value="(\w+)"/.exec(question.text) ?? [];
      const confirmed = { ...question, url: new URL('/session/end/confirm', question.url) };
      const back = await browser.submit(confirmed, { xsrf, logout: 'yes' }, (next) => next.href === `${site.url}/`);
      expect(back.url.href).toBe(`${site.url}/`);
    });

    it('the provider reports a logout by the back channel', async () => {
      const browser = await scenario.onboarded('noor');
      await scenario.logOutAtProvider(browser.copy());
      expect(await me(browser)).toBeNull();
    });

    it('cookies are sent to that path only', async () => {
      const browser = new Browser();
      await site.ask(browser, LOGIN, { input: { username: 'admin', password: site.app.adminPassword } });
      await browser.fetch(`${site.url}/c/oidc/login`);
      const cookies = await browser.jar.getCookies(site.url);
      expect(cookies.map(({ path }) => path)).toEqual([PATH, PATH]);
      expect(await browser.jar.getCookieString(`${site.origin}/neighbour`)).toBe('');
      expect(await browser.jar.getCookieString(`${site.url}x`)).toBe('');
    });

    it('error pages link to the login page and the style below it', async () => {
      const { status, text } = await new Browser().open(`${site.url}/c/oidc/callback?state=x`);
      expect(status).toBe(403);
      const links = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link);
      expect(links).toEqual(expect.arrayContaining([`${PATH}/style.css`, `${PATH}/`]));
      expect(links.filter((link) => !link?.startsWith(`${PATH}/`))).toEqual([]);
    });

    it('probes ask the server itself, without the path', async () => {
      expect((await fetch(`${site.app.url}/health/ready`)).status).toBe(200);
      expect((await fetch(`${site.url}/health/live`)).status).toBe(200);
    });
  },
);
