import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { TestApp } from '../support/app.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf } from './axe.js';
import { Chromium, passwordInBrowser } from './chromium.js';

describe('Registry access in the browser', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  let page: Page;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    await scenario.onboarded('sam');
    browser = await Chromium.start();
    page = await browser.tab();
    await page.goto(`${scenario.app.url}/administration/registry-access`);
    await passwordInBrowser(page, 'admin', scenario.app.adminPassword);
    await page.getByRole('heading', { name: 'Registry access' }).waitFor();
  });
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  const newRule = async (repositories: string) => {
    await page.getByRole('button', { name: 'New rule' }).click();
    const dialog = page.getByRole('dialog', { name: 'New rule' });
    await dialog.getByLabel('Repositories').fill(repositories);
    return dialog;
  };
  const tried = async (username: string, action: string, repository: string) => {
    const card = page.getByRole('region', { name: 'Check access' });
    await card.getByLabel('User name').fill(username);
    await card.getByLabel('Action').selectOption(action);
    await card.getByLabel('Repository').fill(repository);
    await card.getByRole('button', { name: 'Check' }).click();
    return card;
  };

  it('is granted by a rule, explained by it, and removed with it', async () => {
    await page.getByText('users/${username}/**').waitFor();
    const dialog = await newRule('team/*');
    await dialog.getByLabel('Push').check();
    await dialog.getByLabel('Applies to', { exact: true }).selectOption('USER');
    await dialog.getByLabel('User name').fill('nobody-here');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('There is no user with this name.').waitFor();
    await dialog.getByLabel('User name').fill('Sam');
    expect(await barriersOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();

    const card = await tried('sam', 'PUSH', 'team/app');
    await card.getByText('Allowed', { exact: true }).waitFor();
    await card.getByText('Granted by the rule for').waitFor();
    await card.getByLabel('Repository').fill('team/other');
    await card.getByText('Allowed', { exact: true }).waitFor({ state: 'detached' });
    await (await tried('sam', 'DELETE', 'team/app')).getByText('Not allowed').waitFor();

    await page.getByRole('button', { name: 'Edit the rule for team/*' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit rule' });
    await edit.getByLabel('Push').uncheck();
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit.waitFor({ state: 'detached' });
    await (await tried('sam', 'PUSH', 'team/app')).getByText('Not allowed').waitFor();

    await page.getByRole('button', { name: 'Delete the rule for team/*' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('The rule was deleted.').waitFor();
    await page.getByText('team/*').waitFor({ state: 'detached' });
  });

  it('shows next to the field why a rule is not valid', async () => {
    const dialog = await newRule('library/**');
    await dialog.getByLabel('Push').check();
    await dialog.getByLabel('Applies to', { exact: true }).selectOption('ANYONE');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Check the highlighted fields.').waitFor();
  });
});

describe('Access to several registries in the browser', () => {
  let app: TestApp;
  let browser: Chromium;
  let page: Page;
  beforeEach(async () => {
    app = await TestApp.start({ REGISTRY_SERVICES: 'registry,zot;key=certificate' });
    browser = await Chromium.start();
    page = await browser.tab();
    await page.goto(`${app.url}/administration/registry-access`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await page.getByRole('heading', { name: 'Registry access' }).waitFor();
  });
  afterEach(async () => {
    await browser.close();
    await app.stop();
  });

  it('is granted by a rule for one of them, there only', async () => {
    await page.getByRole('button', { name: 'New rule' }).click();
    const dialog = page.getByRole('dialog', { name: 'New rule' });
    await dialog.getByLabel('Repositories').fill('team/*');
    await dialog.getByLabel('Applies to', { exact: true }).selectOption('ANYONE');
    await dialog.getByLabel('Registry').selectOption('zot');
    expect(await barriersOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Only at zot').waitFor();

    const card = page.getByRole('region', { name: 'Check access' });
    await card.getByLabel('Repository').fill('team/app');
    await card.getByRole('button', { name: 'Check' }).click();
    await card.getByText('Not allowed').waitFor();
    await card.getByLabel('Registry').selectOption('zot');
    await card.getByRole('button', { name: 'Check' }).click();
    await card.getByText('Allowed', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Edit the rule for team/*' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit rule' });
    await edit.getByLabel('Registry').selectOption('All registries');
    await edit.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Only at zot').waitFor({ state: 'detached' });
  });
});
