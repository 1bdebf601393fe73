import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Locator, Page } from 'playwright-core';
import { OidcScenario } from '../support/oidc-scenario.js';
import { Chromium, clipboardOf } from './chromium.js';

const MOST_PRESSES = 40;

/** Moves the focus to an element with the keyboard only. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.waitFor();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let press = 0; press < MOST_PRESSES && !(await isThere()); press++) await page.keyboard.press(key);
  if (!(await isThere())) throw new Error(`The keyboard does not reach ${String(target)}.`);
}

describe('With the keyboard only', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  let page: Page;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    browser = await Chromium.start();
    page = await browser.tab();
  });
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  const press = async (target: Locator) => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  };

  it('a user logs in for the first time, chooses a name, copies the secret, and logs out', async () => {
    await page.goto(scenario.app.url);
    await press(page.getByRole('link', { name: 'Login via OIDC Provider' }));
    await press(page.getByRole('button', { name: '(lin)' }));
    await tabTo(page, page.getByLabel('User name'));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('first-mate');
    await page.getByText('This name is available.').waitFor();
    await page.keyboard.press('Enter');

    await press(page.getByRole('button', { name: 'Copy CLI secret' }));
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await scenario.verify('first-mate', await clipboardOf(page))).toMatchObject({ valid: true });

    await press(page.getByRole('button', { name: 'first-mate: menu' }));
    await tabTo(page, page.getByRole('menuitem', { name: 'Log out' }), 'ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Log in', exact: true }).waitFor();
  });

  it('the first tab stop skips to the content of a screen', async () => {
    await scenario.onboarded('lin');
    await page.goto(scenario.app.url);
    await press(page.getByRole('link', { name: 'Login via OIDC Provider' }));
    await press(page.getByRole('button', { name: '(lin)' }));
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Copy CLI secret' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(focused).toBe('Show the CLI secret');
  });
});
