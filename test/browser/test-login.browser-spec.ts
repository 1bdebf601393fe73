import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { RunningOpenIdProvider } from '../../demo/openid-provider.js';
import { TestApp } from '../support/app.js';
import { CONFIGURATION } from '../support/documents.js';
import { barriersOf } from './axe.js';
import { chooseAtProvider } from './chromium.js';
import { unfoldAdvanced } from './configuration-form.js';
import { FreshInstallation, PROVIDER_SECRET } from './fresh-installation.js';

describe('The test login in the browser', () => {
  let installation: FreshInstallation;
  let app: TestApp;
  let provider: RunningOpenIdProvider;
  let page: Page;
  beforeEach(async () => {
    installation = await FreshInstallation.open();
    ({ app, provider, page } = installation);
    await page.getByText('Prepare and test an OIDC provider').click();
    await page.getByLabel('OIDC Provider Endpoint').fill(provider.issuer);
    await page.getByLabel('OIDC Client ID').fill('mooring');
    await page.getByLabel('OIDC Client Secret').fill(PROVIDER_SECRET);
  });
  afterEach(async () => {
    await installation.close();
  });

  /** Logs in as a person, in the window that the form opens. */
  const logIn = async (login: string) => {
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Log in as yourself now' }).click(),
    ]);
    await chooseAtProvider(opened, login);
  };
  const fact = (name: string) => page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]');

  it('shows what Mooring would see, before anything is saved and in DATABASE mode; then with what was missing', async () => {
    await logIn('lin');
    await page.getByText('Login works').waitFor();
    expect(await fact('User name').innerText()).toBe('lin');
    expect(await fact('Repository namespace').innerText()).toBe('lin');
    expect(await fact('Refresh token').innerText()).toMatch(/^No:/);
    expect(await fact('Groups').innerText()).toBe('No group claim is set, so there are no groups.');
    expect(await barriersOf(page)).toEqual([]);

    await page.getByLabel('Group Claim Name').fill('groups');
    await page.getByLabel('OIDC Scope').fill('openid,profile,email,groups,offline_access');
    await unfoldAdvanced(page, 'Connection');
    await page.getByLabel('Extra redirect parameters').fill('prompt=consent');
    // The provider knows the browser by now.
    await page.getByRole('button', { name: 'Log in as yourself now' }).click();
    await page.getByText('Yes: logins and CLI secrets are renewed automatically.').waitFor();
    expect(await fact('Groups').innerText()).toContain('mooring-admins');
    await page.getByText(/^All claims/).click();
    await page.getByRole('cell', { name: 'preferred_username' }).waitFor();
    const { authMode, oidc } = (await app.ask(app.admin, CONFIGURATION)).data.configuration;
    expect([authMode, oidc.endpoint]).toEqual(['DATABASE', null]);
  });

  it('goes on waiting where the server refuses one look for the moment, and turns grey once the form has changed', async () => {
    let refused = 0;
    await page.route('**/graphql', async (route) => {
      const isLook = (route.request().postData() ?? '').includes('query TestLogin');
      if (!isLook || refused++ > 0) return route.continue();
      const error = { message: 'Later', path: ['testLogin'], extensions: { code: 'SERVICE_UNAVAILABLE' } };
      return route.fulfill({ json: { data: { testLogin: null }, errors: [error] } });
    });
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Log in as yourself now' }).click(),
    ]);
    await page.getByText('The server can’t use its database at present.').waitFor();
    const closed = opened.waitForEvent('close');
    await chooseAtProvider(opened, 'lin');
    await page.getByText('Login works').waitFor();
    await closed;
    const stale = page.getByText('The form has changed since this test. Test again.');
    expect(await stale.count()).toBe(0);
    await page.getByLabel('Group Claim Name').fill('groups');
    await stale.waitFor();
    expect(await page.locator('.stale').getByText('Login works').count()).toBe(1);
    expect(await barriersOf(page)).toEqual([]);
  });

  it('leaves the provider no way to the page of the form', async () => {
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Log in as yourself now' }).click(),
    ]);
    await opened.getByRole('button', { name: '(lin)' }).waitFor();
    expect(await opened.evaluate(() => window.opener === null)).toBe(true);
  });

  it('says why a login would fail', async () => {
    await page.getByLabel('OIDC Client Secret').fill('wrong-client-secret');
    await logIn('lin');
    await page.getByText('Login failed').waitFor();
    expect(await barriersOf(page)).toEqual([]);
  });
});
