import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf } from './axe.js';
import { changeSecret, Chromium, clipboardOf, copiedWith, loginInBrowser } from './chromium.js';

const OWN = 'Chosen-by-myself-1';

describe('The CLI secret in the browser', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  let page: Page;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    browser = await Chromium.start();
    page = await browser.tab();
    await loginInBrowser(page, scenario.app.url, 'lin');
  });
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  const copied = () => copiedWith(page, 'Copy CLI secret');

  it('is replaced after confirmation, and the old one stops working immediately', async () => {
    const old = await copied();
    expect(await page.getByRole('button', { name: 'Generate a new one' }).count()).toBe(0);
    await changeSecret(page);
    await page.getByRole('button', { name: 'Generate a new one' }).click();
    const dialog = page.getByRole('dialog', { name: 'Generate a new CLI secret?' });
    await dialog.getByText('The old one stops working immediately').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Generate a new one' }).click();
    await page.getByText('The old one is no longer accepted.').waitFor();
    const next = await copied();
    expect(next).not.toBe(old);
    expect(await scenario.verify('lin', old)).toMatchObject({ status: 'MISMATCH' });
    expect(await scenario.verify('lin', next)).toMatchObject({ valid: true });
  });

  it('can be chosen: a weak one is refused with an explanation, and unmet rules are shown while typing', async () => {
    await changeSecret(page);
    await page.getByRole('button', { name: 'Choose my own' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose my own CLI secret' });
    await dialog.getByLabel('New CLI secret').fill('weak');
    await dialog.getByLabel('an upper-case letter: not met').waitFor();
    await dialog.getByRole('button', { name: 'Use this secret' }).click();
    await dialog.getByText('8 to 128 characters, with an upper-case letter').waitFor();
    await dialog.getByLabel('New CLI secret').fill(OWN);
    await dialog.getByLabel('an upper-case letter: met').waitFor();
    await dialog.getByRole('button', { name: 'Use this secret' }).click();
    await page.getByText('Your own secret is set.').waitFor();
    expect(await scenario.verify('lin', OWN)).toMatchObject({ valid: true });
  });

  it('is revoked, and no new one is generated automatically', async () => {
    const old = await copied();
    await changeSecret(page);
    await page.getByRole('button', { name: 'Revoke' }).click();
    const dialog = page.getByRole('dialog', { name: 'Revoke your CLI secret?' });
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Your CLI secret was revoked.').waitFor();
    await page.reload();
    await page.getByText('You have no CLI secret at the moment.').waitFor();
    expect(await scenario.verify('lin', old)).toMatchObject({ status: 'MISMATCH' });
    await page.getByRole('button', { name: 'Generate one' }).click();
    await page.getByText('A CLI secret was generated.').waitFor();
    expect(await scenario.verify('lin', await copied())).toMatchObject({ valid: true });
  });

  it('is copied even if the browser provides no clipboard on plain http, or else the user is told', async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.reload();
    const button = page.getByRole('button', { name: 'Copy CLI secret' });
    await button.click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const other = await browser.tab();
    await other.goto(`${scenario.app.url}/profile`);
    expect(await scenario.verify('lin', await clipboardOf(other))).toMatchObject({ valid: true });
    await page.bringToFront();
    await page.evaluate(() => (document.execCommand = () => false));
    await button.click();
    await page.getByText('The browser does not allow copying here.').waitFor();
  });

  it('can be replaced with the keyboard only', async () => {
    await page.reload();
    const button = page.getByRole('button', { name: 'Generate a new one' });
    for (const target of [page.getByRole('button', { name: 'Change the CLI secret' }), button]) {
      await target.waitFor();
      const isFocused = () => target.evaluate((element) => element === document.activeElement);
      for (let press = 0; press < 30 && !(await isFocused()); press++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button.and(page.locator(':focus')).waitFor();
  });
});
