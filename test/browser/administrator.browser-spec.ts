import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Page } from 'playwright-core';
import { RunningOpenIdProvider } from '../../demo/openid-provider.js';
import { TestApp } from '../support/app.js';
import { CONFIGURATION } from '../support/documents.js';
import { barriersOf } from './axe.js';
import { Chromium, loginInBrowser, passwordInBrowser } from './chromium.js';
import { openTab, unfoldAdvanced } from './configuration-form.js';
import { FreshInstallation, PROVIDER_SECRET } from './fresh-installation.js';

const CLIENT_SETTINGS = `{ configuration { oidc {
  endpoint discoveryUrl clientAuthentication clientAssertionAudience pushedAuthorizationRequests extraLogoutParameters { name value }
} } }`;

describe('An administrator in the browser', () => {
  let installation: FreshInstallation;
  let app: TestApp;
  let provider: RunningOpenIdProvider;
  let page: Page;
  beforeEach(async () => {
    installation = await FreshInstallation.open();
    ({ app, provider, page } = installation);
  });
  afterEach(async () => {
    await installation.close();
  });

  const fillIn = async (endpoint: string) => {
    await page.getByLabel('Auth mode').selectOption('OIDC');
    await page.getByLabel('OIDC Provider Name').fill('Example Office');
    await page.getByLabel('OIDC Provider Endpoint').fill(endpoint);
    await page.getByLabel('OIDC Client ID').fill('mooring');
    await page.getByLabel('OIDC Client Secret').fill(PROVIDER_SECRET);
    await page.getByLabel('Group Claim Name').fill('groups');
    await page.getByLabel('OIDC Scope').fill('openid,profile,email,groups,offline_access');
    await unfoldAdvanced(page, 'Connection');
    await page.getByLabel('Extra redirect parameters').fill('prompt=consent');
  };
  const logIn = async ({ url, adminPassword }: TestApp) => {
    await page.goto(`${url}/administration/configuration`);
    await passwordInBrowser(page, 'admin', adminPassword);
    await page.getByRole('heading', { name: 'Configuration', exact: true }).waitFor();
  };
  const configuration = async () => (await app.ask(app.admin, CONFIGURATION)).data.configuration;

  it('sets up OIDC from scratch: wrong issuer, report, right issuer, switch; then the mode is locked', async () => {
    await fillIn(provider.issuer.replace('127.0.0.1', 'localhost'));
    await page.getByRole('button', { name: 'Test OIDC Server' }).click();
    const report = page.getByRole('region', { name: 'Test results' });
    await report.getByText('Login would fail').waitFor();
    await report.getByText('Failed').first().waitFor();
    expect(await barriersOf(page)).toEqual([]);

    await page.getByLabel('OIDC Provider Endpoint').fill(provider.issuer);
    await page.getByRole('button', { name: 'Test OIDC Server' }).click();
    await report.getByText('The provider can be used.').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Everybody except the built-in administrator logs in through the provider.').waitFor();
    expect((await configuration()).authMode).toBe('DATABASE');
    await page.getByRole('button', { name: 'Save and switch' }).click();
    await page.getByText('The settings take effect from the next request on.').waitFor();
    expect(await configuration()).toMatchObject({
      authMode: 'OIDC',
      oidc: { endpoint: provider.issuer, extraRedirectParameters: [{ name: 'prompt', value: 'consent' }] },
    });

    const lins = await Chromium.start();
    await loginInBrowser(await lins.tab(), app.url, 'lin');
    await lins.close();
    await page.reload();
    await page.getByText('The auth mode is locked: besides the built-in administrator there is 1 user.').waitFor();
    expect(await page.getByLabel('Auth mode').isDisabled()).toBe(true);
  });

  it('cannot save a number field that was emptied, and is told which one', async () => {
    await openTab(page, 'Sign-in and sessions');
    const idle = page.getByLabel('Log out after inactivity');
    await idle.fill('');
    await page.getByText('Correct before saving: Log out after inactivity').waitFor();
    expect(await page.getByText('Enter a whole number, digits only.').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    expect(await barriersOf(page)).toEqual([]);
    await idle.fill('45');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The settings take effect from the next request on.').waitFor();
    expect((await configuration()).sessionIdleMinutes).toBe(45);
  });

  it('is told what somebody else saved in the meantime, and loses no input', async () => {
    await openTab(page, 'Sign-in and sessions');
    await page.getByLabel('Log out after inactivity').fill('45');
    await openTab(page, 'Protection');
    await page.getByLabel('Audit log retention').fill('30');
    await app.configure({ sessionIdleMinutes: 90, sessionMaximumMinutes: 600 });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('You both changed: Log out after inactivity.').waitFor();
    await page.getByRole('button', { name: 'Merge: keep my changes' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The settings take effect from the next request on.').waitFor();
    const saved = { sessionIdleMinutes: 45, sessionMaximumMinutes: 600, auditRetentionDays: 30 };
    expect(await configuration()).toMatchObject(saved);
  });

  it('chooses how Mooring authenticates and what it sends, and is told which value is not valid', async () => {
    await fillIn(provider.issuer);
    await page.getByLabel('Client authentication').selectOption('private_key_jwt');
    await page.getByLabel('Audience with private_key_jwt').selectOption('token_endpoint');
    await page.getByLabel('Pushed authorization requests').selectOption('always');
    await openTab(page, 'Sign-in and sessions');
    await unfoldAdvanced(page, 'Login and user names');
    await page.getByLabel('Extra logout parameters').fill('logout_uri=https://registry.example.com/');
    const discoveryUrl = page.getByLabel('Discovery URL');
    await openTab(page, 'Authentication');
    await discoveryUrl.fill('http://idp.example.com/tenant/.well-known/openid-configuration');
    const save = async () => {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      // The client is registered with a secret.
      await page.getByRole('button', { name: 'Switch anyway' }).click();
    };
    await save();
    await page.getByText('Check the highlighted fields.').waitFor();
    expect(await discoveryUrl.getAttribute('aria-invalid')).toBe('true');

    await discoveryUrl.fill(`${provider.issuer}/.well-known/openid-configuration`);
    await save();
    await page.getByText('The settings take effect from the next request on.').waitFor();
    expect((await app.ask(app.admin, CLIENT_SETTINGS)).data.configuration.oidc).toEqual({
      ...{ clientAuthentication: 'private_key_jwt', clientAssertionAudience: 'token_endpoint' },
      ...{ pushedAuthorizationRequests: 'always', endpoint: provider.issuer },
      discoveryUrl: `${provider.issuer}/.well-known/openid-configuration`,
      extraLogoutParameters: [{ name: 'logout_uri', value: 'https://registry.example.com/' }],
    });
    await page.reload();
    expect(await page.getByLabel('Client authentication').inputValue()).toBe('private_key_jwt');
    expect(await page.getByLabel('Pushed authorization requests').inputValue()).toBe('always');
    expect(await barriersOf(page)).toEqual([]);
  });

  it('sees which settings the operator has set, and can change the others', async () => {
    const oidc = { endpoint: provider.issuer, clientId: 'mooring', clientSecret: PROVIDER_SECRET };
    const folder = await mkdtemp(join(tmpdir(), 'mooring-settings-'));
    const rule = { repositoryPattern: 'team/**', actions: ['PULL'], subjectKind: 'AUTHENTICATED' };
    const file = join(folder, 'settings.json');
    await writeFile(file, JSON.stringify({ authMode: 'OIDC', oidc, accessRules: [rule] }), { mode: 0o600 });
    const fixed = await TestApp.start({ SETTINGS_FILE: file });
    try {
      await logIn(fixed);
      await page.getByText('The auth mode is read-only: The operator has set it in SETTINGS_FILE.').waitFor();
      await page
        .getByText(/^Read-only: .*SETTINGS_FILE/)
        .first()
        .waitFor();
      for (const label of ['Auth mode', 'OIDC Provider Endpoint', 'OIDC Client ID', 'OIDC Client Secret']) {
        expect(await page.getByLabel(label).isDisabled()).toBe(true);
      }
      await page.getByLabel('OIDC Provider Name').fill('Example Office');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('The settings take effect from the next request on.').waitFor();

      await page.goto(`${fixed.url}/administration/registry-access`);
      const row = page.getByRole('row').filter({ hasText: 'team/**' });
      await row.getByText('Read-only: The operator has set it in SETTINGS_FILE.').waitFor();
      expect(await row.getByRole('button').count()).toBe(0);
      expect(await page.getByRole('row').filter({ hasText: 'users/' }).getByRole('button').count()).toBe(2);
      expect(await barriersOf(page)).toEqual([]);
    } finally {
      await fixed.stop();
      await rm(folder, { recursive: true });
    }
  });

  it('sees next to a field why its value is not valid', async () => {
    await openTab(page, 'Sign-in and sessions');
    await page.getByLabel('Log out after inactivity').fill('2');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Check the highlighted fields.').waitFor();
    expect(await page.getByLabel('Log out after inactivity').getAttribute('aria-invalid')).toBe('true');
  });

  it('is asked before leaving unsaved changes by a link or the back button', async () => {
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('link', { name: 'Configuration' }).click();
    await openTab(page, 'Sign-in and sessions');
    await page.getByLabel('Log out after inactivity').fill('45');
    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await page.goBack();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    expect(await page.getByLabel('Log out after inactivity').inputValue()).toBe('45');
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('heading', { name: 'Users' }).waitFor();
  });

  it('creates a local account, whose user logs in and changes the password', async () => {
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('button', { name: 'New user' }).click();
    const dialog = page.getByRole('dialog', { name: 'New user' });
    await dialog.getByLabel('User name').fill('grace');
    await dialog.getByLabel('E-mail address').fill('grace@example.com');
    await dialog.getByLabel('Password', { exact: true }).fill('First-password-1');
    await dialog.getByRole('button', { name: 'New user' }).click();
    await page.getByText('grace was created.').waitFor();
    await page.getByRole('link', { name: 'grace' }).waitFor();

    const graces = await Chromium.start();
    const other = await graces.tab();
    await other.goto(app.url);
    await passwordInBrowser(other, 'grace', 'First-password-1');
    await other.getByLabel('Current password').fill('First-password-1');
    await other.getByLabel('New password').fill('Second-password-2');
    await other.getByRole('button', { name: 'Change password' }).click();
    await other.getByText('Your password was changed.').waitFor();
    await graces.close();
    await app.loggedIn('grace', 'Second-password-2');
  });

  it('creates a service token that is shown once and works', async () => {
    await page.getByRole('link', { name: 'Service tokens' }).click();
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByLabel('Name').fill('registry');
    await page.getByRole('button', { name: 'Create token' }).click();
    const dialog = page.getByRole('dialog', { name: 'Token registry' });
    await dialog.getByText('This is shown only once.').waitFor();
    const bearer = (await dialog.getByRole('code').textContent()) ?? '';
    const query = '{ verifyCliSecret(username: "x", secret: $s) { status } }';
    const answer = await app.ask({ bearer }, `query($s: Secret!) ${query}`, { s: 'wrong' });
    expect(answer.data.verifyCliSecret.status).toMatch(/AUTH_MODE_NOT_OIDC|MISMATCH/);
    await dialog.getByRole('button', { name: 'Done, I’ve copied it' }).click();
    await page.getByRole('row', { name: 'registry' }).getByRole('link', { name: 'admin' }).waitFor();
    await page.getByRole('button', { name: 'Delete the token registry' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('The token was deleted.').waitFor();
  });
});
