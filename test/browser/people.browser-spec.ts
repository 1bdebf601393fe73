import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { TestApp } from '../support/app.js';
import { CREATE_USER } from '../support/documents.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf } from './axe.js';
import { Chromium, passwordInBrowser } from './chromium.js';
import { openTab } from './configuration-form.js';

describe('Administering users in the browser', () => {
  let browser: Chromium;
  let page: Page;
  beforeEach(async () => {
    browser = await Chromium.start();
    page = await browser.tab();
  });
  afterEach(() => browser.close());

  const openUsers = async ({ url, adminPassword }: TestApp) => {
    await page.goto(`${url}/administration/users`);
    await passwordInBrowser(page, 'admin', adminPassword);
    await page.getByRole('heading', { name: 'Users' }).waitFor();
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const confirm = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

  it('in OIDC mode shows who is an administrator and why, revokes and disables, and offers no action that is not available', async () => {
    const scenario = await OidcScenario.open({ oidc: { adminGroup: 'mooring-admins' } });
    try {
      const lin = await scenario.onboarded('lin');
      const secret = await scenario.secretOf(lin);
      await openUsers(scenario.app);
      await page.getByText('In OIDC mode, users come from the provider').waitFor();
      expect(await button('New user').count()).toBe(0);
      await page.getByRole('link', { name: 'lin' }).click();
      await page.getByText('is in the provider’s admin group').waitFor();
      for (const name of ['Delete', 'Reset password']) expect(await button(name).count()).toBe(0);

      await button('Make administrator').click();
      await page.getByText('is a directly assigned administrator').waitFor();
      await button('Remove administrator role').click();
      await page.getByText('lin is no longer a directly assigned administrator.').waitFor();
      await page.getByText('Managed by the provider’s admin group.').waitFor();

      await button('Revoke CLI secret').click();
      await confirm('Revoke CLI secret');
      await page.getByText('The CLI secret of lin was revoked.').waitFor();
      expect(await scenario.verify('lin', secret)).toMatchObject({ status: 'MISMATCH' });

      await button('Disable').click();
      await confirm('Disable');
      await page.getByText('lin is disabled; all sessions have ended.').waitFor();
      await page.reload();
      await button('Enable').click();
      await page.getByText('lin is enabled.').waitFor();
    } finally {
      await scenario.close();
    }
  });

  it('shows the first of many groups of a user, each of which leads to its page', async () => {
    const groups = Array.from({ length: 100 }, (_, at) => `group-${String(at).padStart(3, '0')}`);
    const lin = { subject: 'sub-lin', username: 'lin', name: 'Lin Chen', email: 'lin@example.com', groups };
    const scenario = await OidcScenario.open({ people: [lin] });
    try {
      await scenario.onboarded('lin');
      await openUsers(scenario.app);
      await page.getByRole('link', { name: 'lin', exact: true }).click();
      const names = page.getByRole('link', { name: /^group-/ });
      await button('Show all 100').waitFor();
      expect(await names.count()).toBe(20);
      await button('Show all 100').click();
      expect(await names.count()).toBe(100);
      await page.getByText('Subject ID').waitFor();
      expect(await barriersOf(page)).toEqual([]);
      await page.getByRole('link', { name: 'group-099' }).click();
      await page.getByRole('heading', { name: 'group-099' }).waitFor();
    } finally {
      await scenario.close();
    }
  });

  it('in DATABASE mode says what a local account prevents, and forgets a refusal when its field changes; a number is told from a text', async () => {
    const app = await TestApp.start();
    try {
      const input = { username: 'grace', email: 'grace@example.com', password: 'First-password-1' };
      await app.ask(app.admin, CREATE_USER, { input });
      await openUsers(app);
      await button('New user').click();
      const dialog = page.getByRole('dialog', { name: 'New user' });
      await dialog.getByText('While there is one, the auth mode cannot be switched to OIDC.').waitFor();
      await dialog.getByLabel('User name').fill('grace');
      await dialog.getByLabel('E-mail address').fill('other@example.com');
      await dialog.getByLabel('Password', { exact: true }).fill('Second-password-2');
      await dialog.getByRole('button', { name: 'New user' }).click();
      await dialog.getByRole('alert').getByText('This user name is already taken.').waitFor();
      await dialog.getByLabel('User name').fill('hopper');
      await dialog.getByText('This name is available.').waitFor();
      expect(await dialog.getByRole('alert').count()).toBe(0);
      expect(await barriersOf(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'New user' }).click();
      await page.getByText('hopper was created.').waitFor();

      await page.getByRole('link', { name: 'Configuration' }).click();
      await openTab(page, 'Sign-in and sessions');
      const registration = page.getByRole('region', { name: 'Self-registration' });
      await registration.getByText('While there is one, the auth mode cannot be switched to OIDC.').waitFor();
      await page.getByLabel('Log out after inactivity').fill('abc');
      await page.getByText('Enter a whole number, digits only.').waitFor();
    } finally {
      await app.stop();
    }
  });

  it('by the groups that may log in, one per line, warns how many people are locked out, and keeps the list', async () => {
    const scenario = await OidcScenario.open();
    try {
      await scenario.onboarded('lin');
      await openUsers(scenario.app);
      await page.getByRole('link', { name: 'Configuration' }).click();
      const groups = page.getByLabel('Groups that may log in');
      await groups.fill('pilots\nships, and sails\n');
      await button('Save').click();
      await page.getByText('oidc.loginGroups: 1 person with a current login is in none of these groups').waitFor();
      await page.reload();
      await groups.waitFor();
      expect(await groups.inputValue()).toBe('pilots\nships, and sails');
      await groups.fill('');
      await button('Save').click();
      await page.getByText('Saved. The settings take effect').waitFor();
      expect(await page.getByText('oidc.loginGroups:').count()).toBe(0);
    } finally {
      await scenario.close();
    }
  });

  it('in DATABASE mode resets a password, and deletes permanently', async () => {
    const app = await TestApp.start();
    try {
      const input = { username: 'grace', email: 'grace@example.com', password: 'First-password-1' };
      await app.ask(app.admin, CREATE_USER, { input });
      await openUsers(app);
      await page.getByRole('link', { name: 'admin' }).click();
      await page.getByText('The built-in administrator can’t be disabled, deleted or demoted.').waitFor();
      await page.getByRole('link', { name: 'All users' }).click();
      await page.getByRole('link', { name: 'grace' }).click();

      await button('Reset password').click();
      const dialog = page.getByRole('dialog', { name: 'New password for grace' });
      await dialog.getByLabel('New password').fill('weak');
      await dialog.getByRole('button', { name: 'Reset password' }).click();
      await dialog.getByText('8 to 128 characters, with an upper-case letter').waitFor();
      await dialog.getByLabel('New password').fill('Second-password-2');
      await dialog.getByRole('button', { name: 'Reset password' }).click();
      await page.getByText('grace has a new password.').waitFor();
      await app.loggedIn('grace', 'Second-password-2');

      await button('Delete').click();
      await confirm('Delete');
      await page.getByText('grace was deleted.').waitFor();
      await page.getByText('1 user').waitFor();
      expect(await page.getByRole('link', { name: 'grace' }).count()).toBe(0);
    } finally {
      await app.stop();
    }
  });

  it('finds users while typing, keeps the search across a reload, and clears it on the link to all users', async () => {
    const scenario = await OidcScenario.open();
    try {
      for (const person of ['lin', 'sam']) await scenario.onboarded(person);
      await openUsers(scenario.app);
      await page.getByText('3 users').waitFor();
      await page.getByLabel('Search').fill('LI');
      await page.getByText('1 user').waitFor();
      await page.reload();
      await page.getByText('1 user').waitFor();
      expect(await page.getByLabel('Search').inputValue()).toBe('LI');
      await page.getByLabel('Search').fill('nobody at all');
      await page.getByText('No users match.').waitFor();
      await page.getByRole('link', { name: 'Users' }).click();
      await page.getByText('3 users').waitFor();
      expect(await page.getByLabel('Search').inputValue()).toBe('');
    } finally {
      await scenario.close();
    }
  });

  it('shows refusals in the audit log and in its chart', async () => {
    const app = await TestApp.start();
    try {
      await page.goto(`${app.url}/administration/audit-log`);
      await passwordInBrowser(page, 'admin', 'Not-the-password-1');
      await page.getByRole('alert').getByText('The user name or password is wrong.').waitFor();
      await passwordInBrowser(page, 'admin', app.adminPassword);
      await page.getByRole('img', { name: '1 login and 1 refusal in this period.' }).waitFor();
      await page.getByLabel('Outcome').selectOption('REFUSED');
      const row = page.getByRole('row', { name: 'wrong user name or secret' });
      await row.getByText('Refused').waitFor();
      await page
        .getByText('Succeeded', { exact: true })
        .and(page.locator('td *'))
        .first()
        .waitFor({ state: 'detached' });
      await page.getByLabel('Action').selectOption({ label: 'Create a user' });
      await page.getByText('No matching events.').waitFor();
    } finally {
      await app.stop();
    }
  });
});
