import { afterEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { ProviderChanges, OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf } from './axe.js';
import { Chromium, copiedWith, loginInBrowser } from './chromium.js';

const ID_TOKEN_SECONDS = 300;
const LONG_ADDRESS = `${'long-address.'.repeat(8)}lin@example.com`;
const GROUPS = Array.from({ length: 100 }, (_, at) => `group-${String(at).padStart(3, '0')}`);
const LIN = { subject: 'sub-lin', username: 'lin', name: 'Lin Chen', email: LONG_ADDRESS, groups: GROUPS };

describe('My profile, at a glance', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  let page: Page;
  const open = async (changes: ProviderChanges = {}) => {
    scenario = await OidcScenario.open(changes);
    browser = await Chromium.start({ width: 360, height: 740 });
    page = await browser.tab();
    await loginInBrowser(page, scenario.app.url, 'lin');
  };
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  it('shows three steps to the first push until the secret is used, and one state that is renewed', async () => {
    await open();
    const card = page.getByRole('region', { name: 'CLI secret', exact: true });
    await card.getByText('Accepted, and renewed automatically').waitFor();
    await card.getByText(/Generated just now · Never used/).waitFor();
    expect(await page.getByRole('link', { name: 'Log in again' }).count()).toBe(0);
    const steps = page.getByRole('region', { name: 'Three steps to your first push' });
    await page.getByLabel('Registry', { exact: true }).fill('registry.mooring.example');
    expect(await copiedWith(page, 'Copy the command of step 1')).toBe('docker login -u lin registry.mooring.example');
    await steps.getByText('docker tag my-image registry.mooring.example/users/lin/my-image', { exact: true }).waitFor();
    await steps.getByText('docker push registry.mooring.example/users/lin/my-image', { exact: true }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await card.getByText(/Generated 1\d seconds ago/).waitFor();
    await scenario.verify('lin', await copiedWith(page, 'Copy CLI secret'));
    // The use is stored soon after.
    await card.getByText(/Last used|Never used/).waitFor();
    for (let time = 0; time < 20 && (await card.getByText(/Never used/).count()) > 0; time++) {
      await page.reload();
      await card.getByText(/Last used|Never used/).waitFor();
    }
    await card.getByText(/Last used/).waitFor();
    expect(await steps.count()).toBe(0);
  });

  it('says that a login without a refresh token is not renewed, and what helps', async () => {
    await open({ oidc: { scope: 'openid,profile,email,groups', extraRedirectParameters: [] } });
    await page.getByText('Accepted, but not renewed automatically').waitFor();
    await page.getByText('The provider gave no refresh token').waitFor();
    await page.getByRole('link', { name: 'Log in again' }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
  });

  it('offers a new login beside the words where the secret is refused although the login has not ended', async () => {
    await open({ idTokenSeconds: ID_TOKEN_SECONDS, oidc: { outageGraceMinutes: 0 } });
    const secret = await copiedWith(page, 'Copy CLI secret');
    scenario.provider.atTokenEndpoint = (_request, response) => void response.writeHead(500).end();
    scenario.app.clock.advance(ID_TOKEN_SECONDS + 1);
    expect(await scenario.verify('lin', secret)).toMatchObject({ status: 'PROVIDER_UNAVAILABLE' });
    await page.reload();
    const state = page.getByRole('status').filter({ hasText: 'Not accepted at the moment' });
    await state.getByRole('link', { name: 'Log in again' }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
  });

  it('keeps a long address in its card, and shows the first of many groups', async () => {
    await open({ people: [LIN] });
    const account = page.getByRole('region', { name: 'Account' });
    await account.getByText(LONG_ADDRESS).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await account.getByText(/^group-/).count()).toBe(20);
    await account.getByRole('button', { name: 'Show all 100' }).click();
    expect(await account.getByText(/^group-/).count()).toBe(100);
    expect(await barriersOf(page)).toEqual([]);
  });
});
