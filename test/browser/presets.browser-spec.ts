import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { RunningOpenIdProvider } from '../../demo/openid-provider.js';
import { TestApp } from '../support/app.js';
import { CONFIGURATION } from '../support/documents.js';
import { barriersOf, isTooWide } from './axe.js';
import { unfoldAdvanced } from './configuration-form.js';
import { FreshInstallation, PROVIDER_SECRET } from './fresh-installation.js';

describe('Setting up a provider in the browser', () => {
  let installation: FreshInstallation;
  let app: TestApp;
  let provider: RunningOpenIdProvider;
  let page: Page;
  beforeAll(async () => {
    installation = await FreshInstallation.open({ width: 360, height: 740, colorScheme: 'dark' });
    ({ app, provider, page } = installation);
    await page.getByText('Prepare and test an OIDC provider').click();
  });
  afterAll(async () => {
    await installation.close();
  });

  const product = () => page.getByRole('combobox', { name: 'Provider', exact: true });
  const endpoint = () => page.getByLabel('OIDC Provider Endpoint');
  const use = () => page.getByRole('button', { name: 'Use these values' }).click();
  const filled = async () => ({
    scope: await page.getByLabel('OIDC Scope').inputValue(),
    groups: await page.getByLabel('Group Claim Name').inputValue(),
    parameters: await page.getByLabel('Extra redirect parameters').inputValue(),
  });

  it('shows what is known about the chosen product, in its own words', async () => {
    const seen: [string | null, string][] = [];
    const names = await product().getByRole('option').allInnerTexts();
    expect(names).toHaveLength(10);
    for (const name of names.slice(1)) {
      await product().selectOption(name);
      const called = page.locator('dt', { hasText: 'Redirect URI is called' }).first();
      seen.push([await endpoint().getAttribute('placeholder'), await called.locator('xpath=../dd').innerText()]);
      await page.getByText(`Register exactly this URI with the provider. In ${name}: “${seen.at(-1)![1]}”.`).waitFor();
    }
    expect(seen[0]).toEqual(['https://HOST/realms/REALM', 'Valid redirect URIs']);
    expect(seen[1]).toEqual(['https://DOMAIN.okta.com', 'Sign-in redirect URIs']);
    expect(await barriersOf(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await product().selectOption('Other');
    expect(await page.getByRole('button', { name: 'Use these values' }).count()).toBe(0);
  });

  it('fills in the values of one product after another, keeps what was typed, and saves nothing', async () => {
    await product().selectOption('Google');
    await use();
    await page.getByText('Filled in: OIDC Scope, Extra redirect parameters.').waitFor();
    const google = { scope: 'openid,profile,email', groups: '', parameters: 'access_type=offline\nprompt=consent' };
    expect(await filled()).toEqual(google);
    await unfoldAdvanced(page, 'Connection');
    await page.getByLabel('Extra redirect parameters').fill('prompt=consent');
    await product().selectOption('dex');
    await use();
    await page.getByText('Kept as you typed it: Extra redirect parameters.').waitFor();
    const dex = { scope: 'openid,profile,email,groups,offline_access', groups: 'groups', parameters: 'prompt=consent' };
    expect(await filled()).toEqual(dex);
    expect((await app.ask(app.admin, CONFIGURATION)).data.configuration.oidc.groupsClaim).toBeNull();
  });

  it('corrects a pasted address, says how, and tests it', async () => {
    await endpoint().fill(' id.example.com/realms/office/ ');
    await endpoint().blur();
    await page.getByText('Corrected: spaces removed, https:// added.').waitFor();
    expect(await endpoint().inputValue()).toBe('https://id.example.com/realms/office/');

    await endpoint().fill(`${provider.issuer}/.well-known/openid-configuration`);
    await endpoint().blur();
    await page.getByText('Corrected: /.well-known/openid-configuration removed.').waitFor();
    expect(await endpoint().inputValue()).toBe(provider.issuer);
    expect(await barriersOf(page)).toEqual([]);
    await page.getByLabel('OIDC Client ID').fill('mooring');
    await page.getByLabel('OIDC Client Secret').fill(PROVIDER_SECRET);
    await page.getByRole('button', { name: 'Test OIDC Server' }).click();
    await page.getByText('The provider can be used.').waitFor();

    await endpoint().fill(`${provider.issuer}/.well-known/openid-configuration`);
    await endpoint().press('Enter');
    await page.getByText('The settings take effect from the next request on.').waitFor();
    expect((await app.ask(app.admin, CONFIGURATION)).data.configuration.oidc.endpoint).toBe(provider.issuer);
  });
});
