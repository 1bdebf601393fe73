import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario, NOT_BEGUN } from './support/hostile-scenario.js';

const WANTED = '/profile?from=docs';

describe('A login', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  const isCallback = ({ pathname }: URL) => pathname === '/c/oidc/callback';
  const isPortal = ({ pathname }: URL) => pathname === '/profile';
  const begin = (browser: Browser) =>
    browser.open(`${scenario.app.url}/c/oidc/login?${new URLSearchParams({ redirect_url: WANTED })}`, {}, isCallback);
  /** A provider that ends the first logins with an error. */
  const failing = (name: string, times: number, error: string, description = ''): Promise<HostileIssuer> => {
    let left = times;
    return scenario.issuer(name, {
      callback: (back) => {
        if (left-- <= 0) return;
        back.delete('code');
        back.set('error', error);
        back.set('error_description', description);
      },
    });
  };

  it.each([
    ['temporarily_unavailable', 'authentication_expired'],
    ['temporarily_unavailable', ''],
    ['authentication_expired', ''],
  ])('that was left open for too long begins again by itself, once: %s %s', async (error, description) => {
    const name = `${error}-${description}`.replaceAll('_', '-').replace(/-$/, '');
    const issuer = await failing(name, 1, error, description);
    const browser = new Browser();
    const { url } = await begin(browser);
    const landed = await browser.open(url, {}, isPortal);
    expect(landed.url.pathname + landed.url.search).toBe(WANTED);
    expect((await scenario.me(browser)).username).toBe(name);
    expect(issuer.timesAsked('authorize')).toBe(2);
    const stubborn = await failing(`${name}-twice`, 2, error, description);
    const refused = await scenario.login(new Browser());
    expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('The provider says')]);
    expect(stubborn.timesAsked('authorize')).toBe(2);
  });

  it.each(['access_denied', 'server_error', 'invalid_request', 'login_required'])(
    'that the provider ends with %s does not begin again',
    async (error) => {
      const issuer = await failing(error.replace('_', '-'), 1, error, 'authentication_expired');
      expect((await scenario.login(new Browser())).text).toContain(`<code>${error}</code>`);
      expect(issuer.timesAsked('authorize')).toBe(1);
    },
  );

  it('leads to the same page when its answer is sent again, by back or reload, while the session is there', async () => {
    const issuer = await scenario.issuer('reloaded');
    const browser = new Browser();
    const { url } = await begin(browser);
    for (let time = 0; time < 3; time++) {
      const page = await browser.fetch(url);
      expect([page.status, page.headers.get('location')]).toEqual([302, WANTED]);
    }
    expect(issuer.timesAsked('token')).toBe(1);
    expect((await scenario.me(browser)).username).toBe('reloaded');
    await scenario.logout(browser);
    expect((await browser.fetch(url)).status).toBe(NOT_BEGUN.status);
  });

  it('leads nowhere when its answer is sent again by another browser, with a session or without', async () => {
    await scenario.issuer('taken');
    const browser = new Browser();
    const { url } = await begin(browser);
    await browser.fetch(url);
    await scenario.comesToNothing((stranger) => stranger.fetch(url), NOT_BEGUN);
    const other = await scenario.loggedIn(await scenario.issuer('other-person'));
    expect((await other.fetch(url)).status).toBe(NOT_BEGUN.status);
  });
});
