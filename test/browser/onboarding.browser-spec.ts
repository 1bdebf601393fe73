import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf } from './axe.js';
import { Chromium, chooseAtProvider, loginInBrowser, onboardInBrowser } from './chromium.js';

describe('Choosing a user name', () => {
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

  it('shows while typing that a name is taken, and suggests one that is available', async () => {
    await scenario.onboarded('sam', 'lin');
    const page = await browser.tab();
    await page.goto(scenario.app.url);
    await page.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    await chooseAtProvider(page, 'lin');
    await page.getByText('This name is available.').waitFor();
    await page.getByLabel('User name').fill('Lin');
    await page.getByText('This name is or was used by another account.').waitFor();
    await page.getByRole('button', { name: 'Use this name' }).click();
    await page.getByRole('alert').getByText('is available').waitFor();
    await page.getByRole('button', { name: /^Use Lin/i }).click();
    const chosen = await page.getByLabel('User name').inputValue();
    await onboardInBrowser(page);
    await page.getByRole('button', { name: `${chosen}: menu` }).waitFor();
  });

  it('continues in a second tab that showed the same form', async () => {
    const [first, second] = [await browser.tab(), await browser.tab()];
    await first.goto(scenario.app.url);
    await first.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    await chooseAtProvider(first, 'lin');
    await first.getByText('This name is available.').waitFor();
    await second.goto(`${scenario.app.url}/onboarding`);
    await second.getByText('This name is available.').waitFor();
    await onboardInBrowser(first);
    await second.getByRole('button', { name: 'Use this name' }).click();
    await second.getByText('There is no first login in progress in this browser.').waitFor();
    await second.getByRole('button', { name: 'Go to the login page' }).click();
    await second.getByRole('heading', { name: 'My profile' }).waitFor();
  });

  it('lets two tabs log in at once, each returning to its own screen', async () => {
    await scenario.onboarded('ada');
    const [first, second] = [await browser.tab(), await browser.tab()];
    await first.goto(`${scenario.app.url}/profile`);
    await second.goto(`${scenario.app.url}/administration/users`);
    for (const tab of [first, second]) await tab.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    await chooseAtProvider(first, 'ada');
    await first.getByRole('heading', { name: 'My profile' }).waitFor();
    await chooseAtProvider(second, 'ada');
    await second.getByRole('heading', { name: 'Administrators only' }).waitFor();
    expect(new URL(second.url()).pathname).toBe('/administration/users');
  });

  it('tells everybody else that the area of administrators is not theirs, and leads to what is', async () => {
    const page = await browser.tab();
    await loginInBrowser(page, scenario.app.url, 'lin');
    for (const path of ['/administration', '/administration/users', '/administration/nothing']) {
      const answer = await page.goto(scenario.app.url + path);
      expect(answer?.status()).toBe(200);
      await page.getByRole('heading', { name: 'Administrators only' }).waitFor();
      await page.getByText('This page is for administrators').waitFor();
    }
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go to my profile' }).click();
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
  });

  it('logs out here and at the provider', async () => {
    await scenario.configure({ oidc: { logout: true } });
    const page = await browser.tab();
    await loginInBrowser(page, scenario.app.url, 'lin');
    await page.getByRole('button', { name: 'lin: menu' }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.waitForURL(`${scenario.provider.issuer}/**`);
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('heading', { name: 'Log in', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    // The provider asks for a login, because its own session has ended too.
    await page.getByRole('button', { name: '(lin)' }).waitFor();
  });
});
