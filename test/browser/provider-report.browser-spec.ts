import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Locator, Page } from 'playwright-core';
import { RunningOpenIdProvider } from '../../demo/openid-provider.js';
import { TestApp } from '../support/app.js';
import { CONFIGURATION } from '../support/documents.js';
import { barriersOf } from './axe.js';
import { Chromium, chooseAtProvider, passwordInBrowser } from './chromium.js';
import { openTab, unfoldAdvanced } from './configuration-form.js';
import { FreshInstallation, PROVIDER_SECRET } from './fresh-installation.js';

describe('The report on a provider in the browser', () => {
  let installation: FreshInstallation;
  let app: TestApp;
  let provider: RunningOpenIdProvider;
  let page: Page;
  let report: Locator;
  beforeEach(async () => {
    installation = await FreshInstallation.open();
    ({ app, provider, page } = installation);
    report = page.getByRole('region', { name: 'Test results' });
    await page.getByLabel('Auth mode').selectOption('OIDC');
    await endpoint().fill(provider.issuer);
    await page.getByLabel('OIDC Client ID').fill('mooring');
    await page.getByLabel('OIDC Client Secret').fill(PROVIDER_SECRET);
    await scope().fill('openid,profile,email');
  });
  afterEach(async () => {
    await installation.close();
  });

  const endpoint = () => page.getByLabel('OIDC Provider Endpoint');
  const scope = () => page.getByLabel('OIDC Scope');
  const test = () => page.getByRole('button', { name: 'Test OIDC Server' }).click();
  const save = () => page.getByRole('button', { name: 'Save', exact: true }).click();
  const authMode = async () => (await app.ask(app.admin, CONFIGURATION)).data.configuration.authMode;

  it('begins with what is wrong, puts the published issuer into the form, and turns grey until it is tested again', async () => {
    await endpoint().fill(`${provider.issuer}/`);
    await test();
    await report.getByText('Login would fail').waitFor();
    expect(await report.getByRole('alert').innerText()).toContain(`publishes the issuer "${provider.issuer}"`);
    expect(await report.getByRole('listitem').first().innerText()).toMatch(/^Failed\s+Issuer/);
    expect(await report.getByText('Reachable').isVisible()).toBe(false);
    await report.getByText(/other checks$/).click();
    await report.getByText('Reachable').waitFor();
    expect(await barriersOf(page)).toEqual([]);

    await report.getByRole('button', { name: 'Fix it: Issuer' }).click();
    expect(await endpoint().inputValue()).toBe(provider.issuer);
    expect(await endpoint().evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByText('The form has changed since this test. Test again.').waitFor();
    expect(await report.locator('xpath=..').getAttribute('class')).toBe('stale');
    expect(await barriersOf(page)).toEqual([]);
    await test();
    await report.getByText('The provider can be used.').waitFor();
    expect(await page.getByText('The form has changed since this test.').count()).toBe(0);
    expect(await authMode()).toBe('DATABASE');
  });

  it('adds openid to a scope without it, and leads to each field that the server refuses', async () => {
    await scope().fill('profile,email');
    await endpoint().fill('http://id.example.com');
    await test();
    const row = (label: string) => report.getByRole('listitem').filter({ hasText: label });
    await row('OIDC Provider Endpoint').getByText('Must begin with https://').waitFor();
    await row('OIDC Provider Endpoint').getByRole('button', { name: 'Go to' }).click();
    expect(await endpoint().evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await barriersOf(page)).toEqual([]);

    await report.getByRole('button', { name: 'Fix it: OIDC Scope' }).click();
    expect(await scope().inputValue()).toBe('openid,profile,email');
    await endpoint().fill(provider.issuer);
    await test();
    await report.getByText('The provider can be used.').waitFor();
  });

  it('is told beside the redirect URI, and has the button of the test login where only a login can tell the rest', async () => {
    const part = page.getByRole('region', { name: 'Test before saving' });
    expect(await part.locator('code').innerText()).toBe(`${app.url}/c/oidc/callback`);
    await test();
    await report.getByText('Only a login shows whether').waitFor();
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      report.getByRole('button', { name: 'Log in as yourself now' }).click(),
    ]);
    await chooseAtProvider(opened, 'lin');
    const result = page.getByRole('region', { name: 'Test login' });
    await result.getByText('This is what Mooring would see of you.').waitFor();
    expect(await result.getByRole('status').first().innerText()).toContain('The test has ended.');
    expect(await result.getByText('This is what Mooring would see of you.').isVisible()).toBe(true);
    expect(await barriersOf(page)).toEqual([]);
  });

  it('belongs to a form whose required fields are marked as such', async () => {
    const required = page.locator('form [required]');
    const names = await required.evaluateAll((fields) => fields.map((field) => field.getAttribute('name')));
    expect(names).toEqual(['endpoint', 'clientId', 'clientSecret']);
    expect(await barriersOf(page)).toEqual([]);
    await unfoldAdvanced(page, 'Connection');
    await page.getByLabel('Client authentication').selectOption('private_key_jwt');
    expect(await page.getByLabel('OIDC Client Secret').getAttribute('required')).toBeNull();
    await page.getByLabel('Auth mode').selectOption('DATABASE');
    expect(await required.count()).toBe(0);
  });

  it('is run before a switch to OIDC: a failed test needs a second yes', async () => {
    await page.getByLabel('OIDC Client Secret').fill('wrong-client-secret');
    await save();
    const dialog = page.getByRole('dialog', { name: 'Switch to OIDC?' });
    await dialog.getByText('Login would fail').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save and switch' }).count()).toBe(0);
    expect(await barriersOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await authMode()).toBe('DATABASE');
    await save();
    await dialog.getByRole('button', { name: 'Switch anyway' }).click();
    await page.getByText('The settings take effect from the next request on.').waitFor();
    expect(await authMode()).toBe('OIDC');
  });

  it('names, before a switch, each field that the server refuses, and leads out of the dialog to it', async () => {
    await endpoint().fill('http://id.example.com');
    await scope().fill('profile');
    await save();
    const dialog = page.getByRole('dialog', { name: 'Switch to OIDC?' });
    const row = (label: string) => dialog.getByRole('listitem').filter({ hasText: label });
    await row('OIDC Provider Endpoint').getByText('Must begin with https://').waitFor();
    await row('OIDC Scope').getByRole('button', { name: 'Fix it' }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await row('OIDC Provider Endpoint').getByRole('button', { name: 'Go to' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'endpoint');
    expect(await dialog.count()).toBe(0);
    expect(await authMode()).toBe('DATABASE');
  });
});

describe('The report on a provider that knows another redirect URI', () => {
  it('leads to the redirect URI to register', async () => {
    const installation = await FreshInstallation.open({}, 'https://mooring.example.com/c/oidc/callback');
    const { page, provider } = installation;
    await page.getByText('Prepare and test an OIDC provider').click();
    await page.getByLabel('OIDC Provider Endpoint').fill(provider.issuer);
    await page.getByLabel('OIDC Client ID').fill('mooring');
    await page.getByLabel('OIDC Client Secret').fill(PROVIDER_SECRET);
    await page.getByRole('button', { name: 'Test OIDC Server' }).click();
    const row = page.getByRole('region', { name: 'Test results' }).getByRole('listitem').first();
    await row.getByText('Redirect URI', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'Go to' }).click();
    const register = page.getByRole('region', { name: 'Register Mooring with the provider' });
    const copy = register.getByRole('button', { name: 'Copy Redirect URI' });
    await copy.and(page.locator(':focus')).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await installation.close();
  });
});

describe('Saving the configuration in the browser', () => {
  it('says in the bar that fields are wrong, goes to the first of them, and takes the mark away with a change', async () => {
    const app = await TestApp.start();
    const browser = await Chromium.start({ width: 360, height: 640 });
    const page = await browser.tab();
    await page.goto(`${app.url}/administration/configuration`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    const first = page.getByLabel('Log out after inactivity');
    const second = page.getByLabel('Audit log retention');
    await openTab(page, 'Sign-in and sessions');
    await first.fill('2');
    await openTab(page, 'Protection');
    await second.fill('9999');
    await page.getByLabel('Counting window').focus();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const bar = page.locator('.save-bar');
    await bar.getByText('Check the highlighted fields.').waitFor();
    const isMarked = async (field: Locator) => (await field.getAttribute('aria-invalid')) === 'true';
    expect([await isMarked(first), await isMarked(second)]).toEqual([true, true]);
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'sessionIdleMinutes');
    expect(await barriersOf(page)).toEqual([]);
    await first.fill('45');
    expect([await isMarked(first), await isMarked(second)]).toEqual([false, true]);
    await openTab(page, 'Protection');
    await second.fill('30');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await bar.getByText('Saved.').waitFor();
    await browser.close();
    await app.stop();
  });
});
