import { afterEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { Browser } from '../support/browser.js';
import { CREATE_TOKEN, LOGIN } from '../support/documents.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf, isTooWide } from './axe.js';
import { Chromium, passwordInBrowser } from './chromium.js';
import { FreshInstallation, PROVIDER_SECRET } from './fresh-installation.js';

const REQUEST_ACCOUNT =
  'mutation ($input: RequestAccountInput!) { requestAccount(input: $input) { pendingOnboarding { hasAccount } } }';
const ID_TOKEN_SECONDS = 300;
const WEEK_SECONDS = 7 * 86_400;
const REFUSED_LOGINS = 7;
const MOST_LOOKS = 50;

const steps = (page: Page) => page.getByRole('region', { name: 'First steps' });
const statesOf = (page: Page) => steps(page).locator('li > span').allInnerTexts();
const fact = (page: Page, name: string) =>
  page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]');

describe('The overview of a new installation', () => {
  let installation: FreshInstallation;
  afterEach(async () => {
    await installation.close();
  });

  it('names what is left until the first login of docker, leads there, and counts what is done', async () => {
    installation = await FreshInstallation.open({ width: 360, height: 740, colorScheme: 'dark' });
    const { app, page, provider } = installation;
    await page.goto(`${app.url}/administration`);
    await steps(page).waitFor();
    expect(await statesOf(page)).toEqual(Array.from({ length: 6 }, () => 'To do'));
    expect(await barriersOf(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await page.getByRole('link', { name: 'Enter the address of the registry' }).click();
    await page.getByLabel('Registry addresses').fill('registry.example.com');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. The settings take effect').waitFor();

    const oidc = { endpoint: provider.issuer, clientId: 'mooring', clientSecret: PROVIDER_SECRET };
    await app.configure({ authMode: 'OIDC', oidc });
    await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    await page.getByRole('link', { name: 'Overview' }).click();
    await steps(page).waitFor();
    expect(await statesOf(page)).toEqual(['Done', 'Done', 'Done', 'Done', 'To do', 'To do']);
  });
});

describe('The overview of an installation in use', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  it('tells how the provider answers, who has to log in again, and which tokens expire', async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: ID_TOKEN_SECONDS });
    const { app } = scenario;
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    app.clock.advance(ID_TOKEN_SECONDS + 1);
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    const expiresAt = app.clock.secondsFromNow(WEEK_SECONDS).toISOString();
    await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'nightly', role: 'VERIFIER', expiresAt } });
    browser = await Chromium.start();
    const page = await browser.tab();
    await page.goto(`${app.url}/administration/overview`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await fact(page, 'Accounts').waitFor();
    // The use of the secret is stored behind the answer.
    for (let look = 0; look < MOST_LOOKS && (await steps(page).count()) > 0; look++) {
      await page.reload();
      await fact(page, 'Accounts').waitFor();
    }
    expect(await steps(page).count()).toBe(0);
    expect(await fact(page, 'Accounts').innerText()).toBe('2');
    expect(await fact(page, 'Last successful refresh').innerText()).not.toBe('never');
    expect(await fact(page, 'Last failed refresh').innerText()).toBe('none in the last 24 hours');
    expect(await fact(page, 'Have to log in again').innerText()).toBe('0');
    await fact(page, 'nightly').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Test the provider' }).click();
    await page.getByRole('heading', { name: 'Configuration', exact: true }).waitFor();
  });

  it('warns of a provider that refreshes no login, and counts refusals and requests that wait', async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: ID_TOKEN_SECONDS });
    const { app, provider } = scenario;
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    const sam = new Browser();
    await scenario.firstLogin(sam, 'sam');
    expect((await app.ask(sam, REQUEST_ACCOUNT, { input: { username: 'lin' } })).code).toBeUndefined();
    for (let times = 0; times < REFUSED_LOGINS; times++) {
      await app.ask(new Browser(), LOGIN, { input: { username: 'admin', password: 'Not-the-password-1' } });
    }
    provider.atTokenEndpoint = (_request, response) => void response.writeHead(500).end();
    app.clock.advance(ID_TOKEN_SECONDS + 1);
    expect((await scenario.verify('lin', secret)).valid).toBe(false);
    browser = await Chromium.start();
    const page = await browser.tab();
    // The overview asks for the day that ends now, by the clock of the browser.
    await page.clock.setSystemTime(app.clock.now());
    await page.goto(`${app.url}/administration/overview`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await fact(page, 'Accounts').waitFor();
    const trouble = page.getByText('Since the last failed refresh, the provider has refreshed no login.');
    // Events are stored behind the answer.
    for (let look = 0; look < MOST_LOOKS && (await trouble.count()) === 0; look++) {
      await page.reload();
      await fact(page, 'Accounts').waitFor();
    }
    await trouble.waitFor();
    expect(await fact(page, 'Last failed refresh').getByRole('link').count()).toBe(1);
    expect(await fact(page, 'Requests for an account').getByRole('link').innerText()).toBe('1');
    expect(await fact(page, 'Refusals').innerText()).toBe(String(REFUSED_LOGINS));
    expect(await barriersOf(page)).toEqual([]);
  });
});
