import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OidcScenario } from '../support/oidc-scenario.js';
import { openPathProxy, PathHandling } from '../support/path-proxy.js';
import { SiteBelowPath } from '../support/site-below-path.js';
import { Chromium, loginInBrowser } from './chromium.js';

const PATH = '/tools/mooring';

describe.each<PathHandling>(['REMOVED', 'KEPT'])('The portal below a path that the proxy has %s', (handling) => {
  let scenario: OidcScenario<SiteBelowPath>;
  let browser: Chromium;
  beforeEach(async () => {
    const site = await SiteBelowPath.start(PATH, (place) => openPathProxy(place, handling));
    scenario = await OidcScenario.at(site, { oidc: { adminGroup: 'mooring-admins' } });
    browser = await Chromium.start();
  });
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  it('logs in, leads from screen to screen, and shows each of them again after a reload', async () => {
    const { url } = scenario.app;
    const page = await browser.tab();
    await loginInBrowser(page, url, 'lin');
    expect(page.url()).toBe(`${url}/profile`);
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('link', { name: 'lin', exact: true }).click();
    await page.waitForURL(new RegExp(`^${url}/administration/users/.+`));
    const deep = page.url();
    await page.reload();
    await page.getByRole('heading', { name: 'lin' }).waitFor();
    await page.goBack();
    await page.waitForURL(`${url}/administration/users`);
    await page.getByRole('button', { name: 'lin: menu' }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.waitForURL(`${url}/`);

    await page.goto(deep);
    await page.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    await page.waitForURL(deep);
  });

  it('shows an error as a page of its own, which leads below the path', async () => {
    const { url } = scenario.app;
    const page = await browser.tab();
    await page.goto(`${url}/no/such/page`);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    await page.getByRole('link', { name: 'Back to the login page' }).click();
    await page.waitForURL(`${url}/`);
    await page.goto(`${url}/c/oidc/callback?state=x`);
    await page.getByRole('heading', { name: 'Login failed' }).waitFor();
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByRole('button', { name: '(lin)' }).click();
    await page.waitForURL(/^[^?]*\/tools\/mooring\/(onboarding|profile)$/);
  });
});
