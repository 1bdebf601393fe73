import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { CONFIGURATION } from '../support/documents.js';
import { barriersOf } from './axe.js';
import { openTab, unfoldAdvanced } from './configuration-form.js';
import { FreshInstallation, PROVIDER_SECRET } from './fresh-installation.js';

describe('The configuration in the browser', () => {
  let installation: FreshInstallation;
  let page: Page;
  beforeEach(async () => {
    installation = await FreshInstallation.open();
    ({ page } = installation);
  });
  afterEach(async () => {
    await installation.close();
  });

  const save = () => page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = () => page.getByText('The settings take effect from the next request on.').waitFor();
  const bar = () => page.locator('.save-bar');
  const report = () => page.getByRole('region', { name: 'Test results' });
  const stale = () => page.getByText('The form has changed since this test. Test again.');
  const provider = async () => {
    await page.getByLabel('OIDC Provider Endpoint').fill(installation.provider.issuer);
    await page.getByLabel('OIDC Client ID').fill('mooring');
    await page.getByLabel('OIDC Client Secret').fill(PROVIDER_SECRET);
  };
  const test = async () => {
    await page.getByRole('button', { name: 'Test OIDC Server' }).click();
    await report().getByText('The provider can be used.').waitFor();
  };

  it('marks a box that is refused, says why, and leads to it from another tab', async () => {
    await openTab(page, 'Sign-in and sessions');
    await page.getByText('Prepare logging in through the provider').click();
    await unfoldAdvanced(page, 'How long a login is trusted');
    const box = page.getByLabel('Confirm each refresh at userinfo');
    await box.check();
    await openTab(page, 'Protection');
    await save();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'confirmAtUserinfo');
    expect(await box.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('.mantine-Checkbox-error').innerText()).toMatch(/has logged in at the provider/);
    await openTab(page, 'Protection');
    await bar().getByRole('button', { name: 'Confirm each refresh at userinfo' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'confirmAtUserinfo');
    expect(await barriersOf(page)).toEqual([]);
    await box.uncheck();
    await bar().getByText('Check the highlighted fields.').waitFor({ state: 'detached' });
  });

  it('keeps a report when its values are saved, and when the auth mode is chosen; a change makes it stale', async () => {
    await page.getByText('Prepare and test an OIDC provider').click();
    await provider();
    await test();
    await page.getByLabel('Auth mode').selectOption('OIDC');
    await report().getByText('The provider can be used.').waitFor();
    expect(await stale().count()).toBe(0);
    await page.getByLabel('Auth mode').selectOption('DATABASE');
    await save();
    await saved();
    expect([await report().count(), await stale().count()]).toEqual([1, 0]);
    await page.getByLabel('Group Claim Name').fill('groups');
    await stale().waitFor();
    await test();
    await page.getByLabel('OIDC Client Secret').fill('another-client-secret');
    await stale().waitFor();
  });

  it('tests nothing with a stored secret at another endpoint, and says that it has to be entered again', async () => {
    await page.getByText('Prepare and test an OIDC provider').click();
    await provider();
    await save();
    await saved();
    await page.getByLabel('OIDC Provider Endpoint').fill(`${installation.provider.issuer}/`);
    await page.getByRole('button', { name: 'Test OIDC Server' }).click();
    await report().getByText('Not tested', { exact: true }).waitFor();
    const row = report().getByRole('listitem').filter({ hasText: 'OIDC Client Secret' });
    expect(await row.innerText()).toContain('enter the secret again');
    expect(await barriersOf(page)).toEqual([]);
  });

  it('marks the required settings that are missing, by their names in the form', async () => {
    await page.getByLabel('Auth mode').selectOption('OIDC');
    await page.getByRole('button', { name: 'Test OIDC Server' }).click();
    await report().getByRole('button', { name: 'Go to “OIDC Provider Endpoint”' }).waitFor();
    await save();
    await page.getByRole('button', { name: 'Switch anyway' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'endpoint');
    await bar().getByRole('button', { name: 'OIDC Client ID' }).waitFor();
    expect(await page.getByLabel('OIDC Client ID').getAttribute('aria-invalid')).toBe('true');
  });

  it('keeps what is typed while a slow save is on its way', async () => {
    await openTab(page, 'Sign-in and sessions');
    let send = () => undefined as void;
    const held = new Promise<void>((resolve) => (send = resolve));
    await page.getByLabel('Log out after inactivity').fill('45');
    await page.route('**/graphql', async (route) => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest('**/graphql');
    await save();
    await asked;
    await page.getByLabel('Maximum session length').fill('600');
    send();
    await page.waitForResponse('**/graphql');
    await page.waitForFunction(() => !document.querySelector('.save-bar [data-loading]'));
    expect(await page.getByLabel('Maximum session length').inputValue()).toBe('600');
    await page.unroute('**/graphql');
    await save();
    await saved();
    const { data } = await installation.app.ask(installation.app.admin, CONFIGURATION);
    expect(data.configuration).toMatchObject({ sessionIdleMinutes: 45, sessionMaximumMinutes: 600 });
  });

  it('is not held up by a field that the chosen auth mode hides', async () => {
    await openTab(page, 'Sign-in and sessions');
    const field = page.getByLabel('New accounts per address and hour');
    await field.fill('abc');
    await bar().getByRole('button', { name: 'New accounts per address and hour' }).waitFor();
    await openTab(page, 'Authentication');
    await page.getByLabel('Auth mode').selectOption('OIDC');
    await provider();
    await save();
    await page.getByRole('button', { name: 'Save and switch' }).click();
    await saved();
  });

  it('says beside each number what it counts and between which limits, and more about each part', async () => {
    await openTab(page, 'Sign-in and sessions');
    const part = page.getByRole('region', { name: 'Sessions of the portal' });
    await part.getByText('From 5 to 10,080 minutes.').waitFor();
    await part.getByText('Learn more').click();
    await part.getByText('A session is a login in one browser.').waitFor();
    await openTab(page, 'Protection');
    await page.getByText('From 1 to 3,650 days.').waitFor();
  });
});
