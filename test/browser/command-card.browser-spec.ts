import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf, isTooWide } from './axe.js';
import { Chromium, copiedWith, loginInBrowser, passwordInBrowser } from './chromium.js';
import { openTab } from './configuration-form.js';

const PHONE = { colorScheme: 'dark', width: 360, height: 740 } as const;
const RIGHT_TO_LEFT = 'לין';

describe('The commands of the profile', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  let page: Page;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  const profileOf = async (options = {}) => {
    browser = await Chromium.start(options);
    page = await browser.tab();
    await loginInBrowser(page, scenario.app.url, 'lin');
    await page.getByRole('tab', { name: 'docker' }).waitFor();
  };
  const open = (tab: string) => page.getByRole('tab', { name: tab, exact: true }).click();

  it('name the registry that an administrator has set, after the mistake of a whole URL', async () => {
    browser = await Chromium.start();
    page = await browser.tab();
    await page.goto(`${scenario.app.url}/administration/configuration`);
    await passwordInBrowser(page, 'admin', scenario.app.adminPassword);
    await openTab(page, 'Sign-in and sessions');
    const field = page.getByLabel('Registry addresses');
    await field.fill('https://hub.example.com/team');
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await save.click();
    await page.getByText('Has an entry that is not an address such as registry.example.com').waitFor();
    await field.fill('hub.example.com:5000\nother.example.com');
    await save.click();
    await page.getByText('Saved. The settings take effect').waitFor();
    await browser.context.clearCookies();

    await loginInBrowser(page, scenario.app.url, 'lin');
    const card = page.getByRole('tabpanel', { name: 'docker' });
    await card.getByText('docker login -u lin hub.example.com:5000', { exact: true }).waitFor();
    expect(await page.getByLabel('Registry', { exact: true }).count()).toBe(0);
  });

  it('are plain, one tab for each program, and none contains the secret', async () => {
    await profileOf();
    const secret = await copiedWith(page, 'Copy CLI secret');
    await page.getByLabel('Registry', { exact: true }).fill('hub.example.com');
    const copied = [await copiedWith(page, 'Copy the docker login command')];
    await open('podman');
    copied.push(await copiedWith(page, 'Copy the podman login command'));
    await open('helm');
    copied.push(await copiedWith(page, 'Copy the helm login command'));
    await open('Kubernetes');
    await page.getByText('1. Make a folder').waitFor();
    copied.push(await copiedWith(page, 'Copy the command that logs in for the cluster'));
    copied.push(await copiedWith(page, 'Copy the kubectl command'));
    await open('CI');
    copied.push(await copiedWith(page, 'Copy the CI login command'));
    expect(copied).toEqual([
      'docker login -u lin hub.example.com',
      'podman login -u lin hub.example.com',
      'helm registry login -u lin hub.example.com',
      'docker --config pull-secret login -u lin hub.example.com',
      'kubectl create secret generic registry-login --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=pull-secret/config.json',
      `printf '%s' "$CLI_SECRET" | docker login -u lin --password-stdin hub.example.com`,
    ]);
    expect(await page.getByRole('tabpanel').innerText()).not.toContain(secret);
    await page.getByLabel('Shell').selectOption('PowerShell');
    expect(await copiedWith(page, 'Copy the CI login command')).toMatch(/^\$env:CLI_SECRET \| docker login /);
  });

  it('are reached with the keyboard, and fit a phone with a name from right to left', async () => {
    await scenario.onboarded('lin', RIGHT_TO_LEFT);
    await profileOf(PHONE);
    await page.getByRole('tab', { name: 'docker' }).focus();
    for (const tab of ['docker', 'podman', 'helm', 'Kubernetes', 'CI']) {
      await page.getByRole('tab', { name: tab, exact: true, selected: true }).and(page.locator(':focus')).waitFor();
      await page.getByRole('tabpanel', { name: tab, exact: true }).locator('bdi').first().waitFor();
      expect([tab, await barriersOf(page), await isTooWide(page)]).toEqual([tab, [], false]);
      await page.keyboard.press('ArrowRight');
    }
    await open('docker');
    const command = await copiedWith(page, 'Copy the docker login command');
    expect(command).toBe(`docker login -u '${RIGHT_TO_LEFT}' registry.example.com`);
  });

  it('wait for the first login with the secret, and say when it has happened', async () => {
    await profileOf();
    await page.getByText('Waiting for your first login with this secret.').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    const secret = await copiedWith(page, 'Copy CLI secret');
    expect(await scenario.verify('lin', `${secret.slice(0, -1)}!`)).toMatchObject({ valid: false });
    expect(await scenario.verify('lin', secret)).toMatchObject({ valid: true });
    await page.getByText('It works: a program has just logged in with your CLI secret.').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByText(/last used/i).waitFor();
    await page.reload();
    await page.getByText(/last used/i).waitFor();
    expect(await page.getByText('Waiting for your first login').count()).toBe(0);
    expect(await page.getByText('It works:').count()).toBe(0);
  });
});
