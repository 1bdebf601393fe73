import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Locator, Page } from 'playwright-core';
import { TestApp } from '../support/app.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf } from './axe.js';
import { Chromium, passwordInBrowser } from './chromium.js';

const topOf = async (place: Locator) => (await place.boundingBox())?.y ?? NaN;

describe('The login page', () => {
  let browser: Chromium;
  let page: Page;
  beforeEach(async () => {
    browser = await Chromium.start();
    page = await browser.tab();
  });
  afterEach(() => browser.close());

  it('in OIDC mode offers the provider by name, with the form for the built-in administrator folded behind it, or first if so configured', async () => {
    const scenario = await OidcScenario.open();
    try {
      const way = page.getByRole('link', { name: 'Login via OIDC Provider (Example Office)' });
      const form = page.getByRole('region', { name: 'Administrator login' });
      const note = form.getByText('Only the built-in administrator logs in with a user name and password.');
      await page.goto(scenario.app.url);
      await way.waitFor();
      expect(await note.isVisible()).toBe(false);
      await page.getByText('Administrator login').press('Enter');
      await note.waitFor();
      expect(await topOf(way)).toBeLessThan(await topOf(form));
      expect(await barriersOf(page)).toEqual([]);
      await scenario.configure({ oidcPrimary: false });
      await page.reload();
      await note.waitFor();
      expect(await topOf(way)).toBeGreaterThan(await topOf(form));
      await scenario.configure({ oidcPrimary: true });
      await page.reload();
      expect(await page.getByRole('link', { name: 'Register' }).count()).toBe(0);
      await passwordInBrowser(page, 'lin', 'Not-the-password-1');
      await page.getByRole('alert').getByText('Only the built-in administrator can log in with a password.').waitFor();
    } finally {
      await scenario.close();
    }
  });

  it('in DATABASE mode is a form, and leads to registration while self-registration is enabled', async () => {
    const app = await TestApp.start();
    try {
      await page.goto(app.url);
      await page.getByRole('button', { name: 'Log in', exact: true }).waitFor();
      expect(await page.getByText('OIDC').count()).toBe(0);
      expect(await page.getByRole('link', { name: 'Register' }).count()).toBe(0);

      await app.configure({ selfRegistration: true });
      await page.reload();
      await page.getByRole('link', { name: 'Register' }).click();
      await page.getByLabel('User name').fill('Admin');
      await page.getByText('This name is or was used by another account.').waitFor();
      await page.getByLabel('User name').fill('grace');
      await page.getByText('This name is available.').waitFor();
      await page.getByLabel('E-mail address').fill('grace@example.com');
      await page.getByLabel('Password', { exact: true }).fill('weak');
      await page.getByLabel('a digit: not met').waitFor();
      expect(await barriersOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByRole('alert').getByText('Check the highlighted fields.').waitFor();
      await page.getByText('Use 8 to 128 characters').waitFor();
      await page.getByLabel('Password', { exact: true }).fill('First-password-1');
      await page.getByLabel('a digit: met').waitFor();
      // The words about the refused password go with it.
      expect(await page.getByText('Use 8 to 128 characters').count()).toBe(0);
      expect(await page.getByRole('alert').count()).toBe(0);
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByText('Your account grace was created. You can log in now.').waitFor();
      await passwordInBrowser(page, 'grace', 'First-password-1');
      await page.getByRole('button', { name: 'grace: menu' }).waitFor();
    } finally {
      await app.stop();
    }
  });

  it('tells the right address to somebody who opens the portal at another one', async () => {
    const app = await TestApp.start();
    try {
      const { port } = new URL(app.url);
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.getByRole('alert').getByText(`Open it at ${app.url}`).waitFor();
      expect(await barriersOf(page)).toEqual([]);
    } finally {
      await app.stop();
    }
  });

  it('explains why nobody can register, and is shown instead of /logged-in without a session', async () => {
    const app = await TestApp.start();
    try {
      await page.goto(`${app.url}/register`);
      await page.getByText('Ask an administrator for an account.').waitFor();
      await page.goto(`${app.url}/logged-in`);
      await page.getByRole('heading', { name: 'Log in', exact: true }).waitFor();
    } finally {
      await app.stop();
    }
  });
});
