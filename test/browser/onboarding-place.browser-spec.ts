import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PEOPLE } from '../../demo/people.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf } from './axe.js';
import { Chromium, chooseAtProvider, onboardInBrowser } from './chromium.js';

const ADDRESS = 'zoë.weiß@example.com';
const ZOE = { subject: 'sub-zoe', username: ADDRESS, name: 'Zoë Weiß', email: ADDRESS };

describe('The place in the registry, while a name is chosen', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ people: [...PEOPLE, ZOE] });
    browser = await Chromium.start({ width: 360, height: 740 });
  });
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  const firstLogin = async (person: string) => {
    const page = await browser.tab();
    await page.goto(scenario.app.url);
    await page.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    await chooseAtProvider(page, person);
    await page.getByText('This name is available.').waitFor();
    return page;
  };

  it('forms below the field; a name without one is told so, with one that gives a place', async () => {
    const page = await firstLogin(ADDRESS);
    const field = page.getByLabel('User name');
    expect(await field.inputValue()).toBe('zoe.weiss');
    await page.getByText('users/zoe.weiss/my-image', { exact: true }).waitFor();
    await field.fill('zoë');
    await page.getByText('This name gives you no place of your own in the registry.').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: 'Use zoe', exact: true }).click();
    await page.evaluate(() => localStorage.setItem('mooring-registry', JSON.stringify('registry.mooring.example')));
    await page.reload();
    await field.fill('Zoe');
    await page.getByText('registry.mooring.example/users/zoe/my-image', { exact: true }).waitFor();
    // What the installation knows counts more than what was typed in this browser.
    await scenario.configure({ registryAddresses: ['hub.example.com:5000', 'other.example.com'] });
    await page.reload();
    await field.fill('Zoe');
    await page.getByText('hub.example.com:5000/users/zoe/my-image', { exact: true }).waitFor();
    await onboardInBrowser(page);
    await page.getByRole('button', { name: 'Zoe: menu' }).waitFor();
  });

  it('is needed where an administrator requires it', async () => {
    await scenario.configure({ oidc: { requireRepositoryName: true } });
    const page = await firstLogin('lin');
    await page.getByLabel('User name').fill('lin@example.com');
    await page.getByText('This name gives no place in the registry, which is required here.').waitFor();
    await page.getByRole('button', { name: 'Use this name' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Use lin', exact: true }).click();
    // The words about the refused name go with it.
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByText('users/lin/my-image', { exact: true }).waitFor();
    await onboardInBrowser(page);
  });
});
