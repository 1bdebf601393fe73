import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OidcScenario } from '../support/oidc-scenario.js';
import { Chromium, chooseAtProvider, copiedWith } from './chromium.js';

describe('A first login in the browser', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    browser = await Chromium.start();
  });
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  it('leads from the button to a copied secret that a registry backend accepts', async () => {
    const page = await browser.tab();
    await page.goto(`${scenario.app.url}/`);
    await page.getByRole('link', { name: 'Login via OIDC Provider (Example Office)' }).click();
    await chooseAtProvider(page, 'lin');
    await page.getByRole('heading', { name: 'Choose your user name' }).waitFor();
    expect(await page.getByLabel('User name').inputValue()).toBe('lin');
    await page.getByText('This name is available.').waitFor();
    await page.getByRole('button', { name: 'Use this name' }).click();

    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    // The message is shown for a few seconds only.
    const isShown = page.getByText('Copied').waitFor({ state: 'attached' });
    const secret = await copiedWith(page, 'Copy CLI secret');
    await isShown;
    expect(secret).toMatch(/^mrg_/);
    expect(await page.getByText(secret).count()).toBe(0);
    expect(await scenario.verify('lin', secret)).toMatchObject({ valid: true });

    await page.getByRole('button', { name: 'Show the CLI secret' }).click();
    await page.getByText(secret).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
  });
});
