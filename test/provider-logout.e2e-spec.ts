import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { LOGOUT, ME } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

describe('Logging out at the provider', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open({ oidc: { logout: true } })));
  afterEach(() => scenario.close());

  const logout = async (browser: Browser) =>
    (await scenario.app.ask(browser, LOGOUT)).data.logout.redirectUrl as string;

  it('ends the session there too, and brings the browser back to the login page', async () => {
    const browser = await scenario.onboarded('lin');
    const url = new URL(await logout(browser));
    expect(url.origin).toBe(scenario.provider.issuer);
    expect((await scenario.app.ask(browser, ME)).data.me).toBeNull();
    const question = await browser.open(url);
    const [, xsrf = ''] = /name="xsrf" value="(\w+)"/.exec(question.text) ?? [];
    const confirmed = { ...question, url: new URL('/session/end/confirm', question.url) };
    const back = await browser.submit(confirmed, { xsrf, logout: 'yes' }, (next) => next.pathname === '/');
    expect([back.url.href, back.headers.get('cache-control')]).toEqual([`${scenario.app.url}/`, 'no-store']);
    const again = await scenario.toProvider(browser);
    expect([again.url.origin, again.text]).toEqual([scenario.provider.issuer, expect.stringContaining('<form')]);
  });

  it('is not asked for where the setting is off, nobody is logged in, or a local account is', async () => {
    const browser = await scenario.onboarded('lin');
    expect(await logout(new Browser())).toBeNull();
    expect(await logout(await scenario.app.loggedIn('admin', scenario.app.adminPassword))).toBeNull();
    await scenario.configure({ oidc: { logout: false } });
    expect(await logout(browser)).toBeNull();
  });

  it('never keeps anybody from logging out here while the provider is silent', async () => {
    const browser = await scenario.onboarded('lin');
    await scenario.provider.close();
    scenario.app.clock.advance(30 * 60);
    expect(await logout(browser)).toBeNull();
    expect((await scenario.app.ask(browser, ME)).data.me).toBeNull();
  });

  it.each(['', '?state=somebody-else'])('is not ended by a browser that has not begun it: %j', async (query) => {
    const page = await new Browser().open(`${scenario.app.url}/c/oidc/logged-out${query}`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('It changes nothing')]);
  });
});
