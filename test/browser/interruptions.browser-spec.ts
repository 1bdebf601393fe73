import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { END_SESSION, ME, SESSIONS, SET_DISABLED, USER, USERS } from '../support/documents.js';
import { Browser } from '../support/browser.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { Chromium, chooseAtProvider, loginInBrowser, passwordInBrowser } from './chromium.js';

describe('An interruption in the browser', () => {
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

  const idOf = async (username: string) => {
    const { app } = scenario;
    const { data } = await app.ask(app.admin, USERS, { filter: { search: username } });
    return data.users.edges[0].node.id as string;
  };
  /** Ends the session of the browser on the server, without the page noticing. */
  const endSession = async () => {
    const { app } = scenario;
    const same = new Browser();
    for (const { name, value } of await browser.context.cookies(app.url)) {
      await same.jar.setCookie(`${name}=${value}; Path=/`, app.url);
    }
    const { data } = await app.ask(same, SESSIONS);
    const { id } = data.sessions.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
    await app.ask(same, END_SESSION, { input: { sessionId: id } });
    expect((await app.ask(same, ME)).data.me).toBeNull();
  };

  it('by an ended session loses no input, and a new login continues in place', async () => {
    const { app } = scenario;
    await page.goto(`${app.url}/administration/configuration`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await page.getByLabel('OIDC Provider Name').fill('Example Master');
    await endSession();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    // A browser closes a dialog on the second Escape, even if the page prevents it.
    for (let press = 0; press < 2; press++) await page.keyboard.press('Escape');
    await dialog.getByLabel('Password', { exact: true }).fill(app.adminPassword);
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByLabel('OIDC Provider Name').inputValue()).toBe('Example Master');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The settings take effect from the next request on.').waitFor();
  });

  it('by an ended session of a provider user is resolved by a login in a second tab', async () => {
    await loginInBrowser(page, scenario.app.url, 'lin');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Comment').fill('On watch until noon');
    await endSession();
    await page.getByRole('button', { name: 'Save' }).click();
    const opened = browser.context.waitForEvent('page');
    await page.getByRole('link', { name: 'Log in via Example Office' }).click();
    const second = await opened;
    const provider = second.getByRole('button', { name: '(lin)' });
    const done = second.getByRole('heading', { name: 'You are logged in' });
    await provider.or(done).waitFor();
    // The provider may still have a session.
    if (await provider.isVisible()) await chooseAtProvider(second, 'lin');
    await done.waitFor();
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('On watch until noon').waitFor();
  });

  it('by disabling a logged-in user is reported at the next request, and the user cannot log in again', async () => {
    const { app } = scenario;
    await loginInBrowser(page, app.url, 'lin');
    const id = await idOf('lin');

    const admins = await Chromium.start();
    const other = await admins.tab();
    await other.goto(`${app.url}/administration/users/${id}`);
    await passwordInBrowser(other, 'admin', app.adminPassword);
    await other.getByRole('button', { name: 'Disable' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await other.getByText('lin is disabled; all sessions have ended. 1 browser was logged out.').waitFor();
    await admins.close();

    // The profile asks by itself whether the CLI secret has been used.
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await page.getByRole('button', { name: 'Leave and go to the login page' }).click();
    await page.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    await page
      .getByRole('button', { name: '(lin)' })
      .or(page.getByRole('heading', { name: 'Login failed' }))
      .waitFor();
    if (await page.getByRole('button', { name: '(lin)' }).isVisible()) await chooseAtProvider(page, 'lin');
    await page.getByRole('heading', { name: 'Login failed' }).waitFor();
    await page.getByText('An administrator has disabled your account.').waitFor();
    await app.ask(app.admin, SET_DISABLED, { input: { userId: id, isDisabled: false } });
    expect((await app.ask(app.admin, USER, { id })).data.user.username).toBe('lin');
  });

  it('of the connection is reported, and failed queries are repeated when it is back', async () => {
    const { app } = scenario;
    await page.goto(`${app.url}/profile`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('link', { name: 'admin' }).waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('link', { name: 'Groups' }).hover();
    await page.getByLabel('Search').fill('ad');
    await page.getByText('No connection to the server.').waitFor();
    await page.unroute('**/graphql');
    await page.getByText('No connection to the server.').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'admin' }).waitFor();
    await page.getByText('1 user').waitFor();
  });

  it('by a slow response shows placeholders until the data is there', async () => {
    const { app } = scenario;
    await page.goto(`${app.url}/profile`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    let letThrough = () => {};
    const gate = new Promise<void>((resolve) => (letThrough = resolve));
    await page.route('**/graphql', async (route) => {
      await gate;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Users' }).click();
    const table = page.getByRole('table', { name: 'Users' });
    await table.and(page.locator('[aria-busy="true"]')).waitFor();
    letThrough();
    await table.getByRole('link', { name: 'admin' }).waitFor();
    await table.and(page.locator('[aria-busy="false"]')).waitFor();
  });

  it('by a server upgrade that removed the files of a screen is reported, and a reload shows the screen', async () => {
    const { app } = scenario;
    await page.goto(`${app.url}/profile`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    await page.route('**/assets/audit-screen-*', (route) => route.fulfill({ status: 404 }));
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByText('This screen could not be shown').waitFor();
    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('heading', { name: 'Groups' }).waitFor();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.unroute('**/assets/audit-screen-*');
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.getByRole('heading', { name: 'Logins and refusals per hour' }).waitFor();
    // Only the browser's own error about the missing file is expected.
    const complaints = browser.complaints.splice(0);
    expect(complaints.filter((complaint) => !/dynamically imported module/.test(complaint))).toEqual([]);
  });

  it('by a login or a reload keeps the screen and its query parameters', async () => {
    const { app } = scenario;
    await page.goto(`${app.url}/administration/audit-log?outcome=REFUSED`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await page.getByRole('heading', { name: 'Audit log' }).waitFor();
    expect(new URL(page.url()).search).toBe('?outcome=REFUSED');
    await page.reload();
    await page.getByText('No matching events.').waitFor();
  });
});
