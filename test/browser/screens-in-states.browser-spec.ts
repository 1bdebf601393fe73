import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Locator, Page } from 'playwright-core';
import { chooseAtProvider } from './chromium.js';
import { FreshInstallation, PROVIDER_SECRET } from './fresh-installation.js';
import { look, WINDOWS } from './look.js';

describe.each(WINDOWS)('The screens in their states, %s', (variant, options) => {
  let installation: FreshInstallation;
  let page: Page;
  let found: string[];
  beforeEach(async () => {
    installation = await FreshInstallation.open(options);
    ({ page } = installation);
    found = [];
  });
  afterEach(() => installation.close());

  const see = async (state: string, what: Locator) => {
    await what.waitFor();
    await what.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    found.push(...(await look(page, `${state}-${variant}`)));
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const endpoint = () => page.getByLabel('OIDC Provider Endpoint');
  const fillIn = async (issuer: string) => {
    await endpoint().fill(issuer);
    await page.getByLabel('OIDC Client ID').fill('mooring');
    await page.getByLabel('OIDC Client Secret').fill(PROVIDER_SECRET);
  };
  const toTheProvider = () => page.getByRole('link', { name: 'Login via OIDC Provider' });

  it('of setting up a provider are accessible and fit their window', async () => {
    const { issuer } = installation.provider;
    await page.getByText('Prepare and test an OIDC provider').click();
    await see('provider-prepared', page.getByText('Prepare and test an OIDC provider'));
    await page.getByLabel('Provider', { exact: true }).selectOption('keycloak');
    await see('provider-preset', button('Use these values'));
    await fillIn(`${issuer}/`);
    await button('Test OIDC Server').click();
    await see('report-failed', page.getByText('Login would fail'));
    await button('Fix it: Issuer').click();
    await see('report-stale', page.getByText('The form has changed since this test. Test again.'));
    await button('Test OIDC Server').click();
    await see('report-passed', page.getByText('The provider can be used.'));
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      button('Log in as yourself now').last().click(),
    ]);
    await see('test-login-waits', page.getByText('The result appears here.'));
    await chooseAtProvider(opened, 'lin');
    await see('test-login-preview', page.getByText('This is what Mooring would see of you.'));
    expect(found).toEqual([]);
  });

  it('of a switch, a first login and errors are accessible and fit their window', async () => {
    const { app, provider } = installation;
    await page.getByLabel('Auth mode').selectOption('OIDC');
    await fillIn(`${provider.issuer}/`);
    await button('Save').click();
    await see('switch-doubted', button('Switch anyway'));
    await button('Cancel').click();
    await page.getByLabel('Scope').fill('profile');
    await button('Save').click();
    await see('switch-refused', page.getByRole('dialog').getByText('OIDC Scope', { exact: true }));
    await button('Fix it: OIDC Scope').click();
    await endpoint().fill(provider.issuer);
    await button('Save').click();
    await button('Save and switch').click();
    await see('saved', page.getByText('Saved. The settings take effect from the next request on.'));
    await page.getByRole('tab', { name: 'Protection' }).click();
    await page.getByLabel('Audit log retention').fill('abc');
    await page.getByRole('tab', { name: 'Authentication' }).click();
    await see('to-correct', page.getByText('Correct before saving:'));
    await button('Discard changes').click();
    await page.context().clearCookies();

    await page.goto(app.url);
    await toTheProvider().waitFor();
    await page.getByText('Administrator login').click();
    await see('login-administrator', page.getByLabel('User name'));
    await page.goto(`${app.url}/c/oidc/callback?code=a&state=${'b'.repeat(32)}`);
    await see('login-failed', page.getByRole('alert'));
    await page.goto(app.url);
    await toTheProvider().click();
    await chooseAtProvider(page, 'lin');
    await page.getByText('This name is available.').waitFor();
    await page.getByLabel('User name').fill('lin@example.com');
    await see('onboarding-no-place', page.getByText('This name gives you no place of your own in the registry.'));
    expect(found).toEqual([]);
  });
});
