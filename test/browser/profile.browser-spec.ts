import { afterEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { OidcScenario } from '../support/oidc-scenario.js';
import { Chromium, loginInBrowser } from './chromium.js';

const ID_TOKEN_SECONDS = 300;

describe('My profile', () => {
  let scenario: OidcScenario;
  const browsers: Chromium[] = [];
  const newPage = async (): Promise<Page> => {
    const browser = await Chromium.start();
    browsers.push(browser);
    return browser.tab();
  };
  afterEach(async () => {
    for (const browser of browsers.splice(0)) await browser.close();
    await scenario.close();
  });

  it('shows the account, its groups, and until when the login at the provider is valid', async () => {
    scenario = await OidcScenario.open();
    const page = await newPage();
    await loginInBrowser(page, scenario.app.url, 'lin');
    const who = page.getByRole('region', { name: 'Account' });
    await who.getByText('lin@example.com').waitFor();
    await who.getByText('crew', { exact: true }).waitFor();
    await page.getByText(/^Valid until .*\(in \d+ minutes\)\. /).waitFor();
  });

  it('shows that the login at the provider has ended, and why, and links to the provider', async () => {
    scenario = await OidcScenario.open({
      idTokenSeconds: ID_TOKEN_SECONDS,
      oidc: { scope: 'openid,profile,email,groups', extraRedirectParameters: [] },
    });
    const page = await newPage();
    await loginInBrowser(page, scenario.app.url, 'lin');
    await page.getByText(/^Valid until /).waitFor();
    scenario.app.clock.advance(ID_TOKEN_SECONDS + 1);
    await page.reload();
    const card = page.getByRole('region', { name: 'CLI secret', exact: true });
    await card.getByText('Ended: new login required').waitFor();
    await card.getByText('The provider’s token has expired, and the provider issued no refresh token.').waitFor();
    await card.getByText('Your CLI secret is not accepted until then.').waitFor();
    const way = card.getByRole('link', { name: 'Log in again' });
    expect(await way.getAttribute('href')).toBe(`${scenario.app.url}/c/oidc/login?redirect_url=%2Fprofile`);
  });

  it('ends the session of another browser, which is notified', async () => {
    scenario = await OidcScenario.open();
    const [here, there] = [await newPage(), await newPage()];
    await loginInBrowser(there, scenario.app.url, 'lin');
    await loginInBrowser(here, scenario.app.url, 'lin');
    const sessions = here.getByRole('region', { name: 'My sessions' }).first();
    await sessions.getByText('this browser').waitFor();
    await sessions.getByRole('button', { name: /^End the session in Chrome/ }).click();
    await here.getByText('The session has ended.').waitFor();
    await sessions.getByRole('button', { name: /^End the session/ }).waitFor({ state: 'detached' });
    // That page asks by itself whether the CLI secret has been used.
    await there.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  });
});
