import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Page } from 'playwright-core';
import { HostileScenario } from '../support/hostile-scenario.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { barriersOf, isTooWide } from './axe.js';
import { chooseAtProvider, Chromium, loginInBrowser } from './chromium.js';

const HTML = { accept: 'text/html' };
const OTHER_BROWSER = 'This login was started in another browser, was already completed, or took too long.';

describe('An error page', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  let page: Page;
  beforeAll(async () => (scenario = await OidcScenario.open()));
  afterAll(() => scenario.close());
  beforeEach(async () => {
    browser = await Chromium.start();
    page = await browser.tab();
  });
  afterEach(() => browser.close());

  const headline = () => page.getByRole('heading', { level: 1 }).innerText();

  it('says that the person cancelled the login, and begins it again', async () => {
    await page.goto(scenario.app.url);
    await page.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    const [answer] = await Promise.all([
      page.waitForResponse(/\/c\/oidc\/callback/),
      page.getByRole('button', { name: 'Nobody: refuse' }).click(),
    ]);
    expect([answer.status(), answer.headers()['cache-control']]).toEqual([403, 'no-store']);
    await page.getByRole('alert').getByText('The login was cancelled').waitFor();
    expect([await headline(), await page.title()]).toEqual(['Login failed', 'Login failed · Mooring']);
    await page.getByText('LOGIN_DENIED').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Try again' }).click();
    await chooseAtProvider(page, 'lin');
    await page.waitForURL(/\/(onboarding|profile)$/);
  });

  it('of a login from another browser leads to the login page, from which a login comes to an end', async () => {
    await page.goto(`${scenario.app.url}/c/oidc/callback?code=a&state=${'b'.repeat(32)}&error_description=call+0800`);
    await page.getByRole('alert').getByText(OTHER_BROWSER).waitFor();
    expect(await headline()).toBe('Login failed');
    expect(await page.getByText(/0800|The provider says/).count()).toBe(0);
    await page.getByRole('link', { name: 'Back to the login page' }).click();
    await page.waitForURL(`${scenario.app.url}/`);
    await page.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    await chooseAtProvider(page, 'lin');
    await page.waitForURL(/\/(onboarding|profile)$/);
  });

  it('of an unknown path says so, and leads to the login page or to the profile', async () => {
    const path = '/no/such/<b>page?x=1';
    const answer = await page.goto(`${scenario.app.url}${path}`);
    expect([answer?.status(), answer?.headers()['cache-control']]).toEqual([404, 'no-store']);
    expect(await answer?.text()).not.toMatch(/such/);
    await page.getByRole('alert').getByText('There is nothing at this path. Check the address.').waitFor();
    expect([await headline(), await page.title()]).toEqual(['Page not found', 'Page not found · Mooring']);
    expect(await page.getByRole('link', { name: 'Try again' }).count()).toBe(0);
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to the login page' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();

    await loginInBrowser(page, scenario.app.url, 'lin');
    await page.goto(`${scenario.app.url}${path}`);
    await page.getByRole('link', { name: 'Go to my profile' }).click();
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  });

  it('is the server’s own for paths of programs and for forms, and JSON for programs', async () => {
    const ask = async (path: string, init: RequestInit = { headers: HTML }) => {
      const answer = await fetch(`${scenario.app.url}${path}`, init);
      return { status: answer.status, text: await answer.text() };
    };
    expect((await ask('/nowhere')).text).toContain('<div id="portal">');
    for (const path of ['/v2/', '/v2/library/x/manifests/1', '/service/nothing', '/graphql', '/.well-known/nothing']) {
      const { status, text } = await ask(path);
      expect([path, status >= 400, text.includes('portal')]).toEqual([path, true, false]);
    }
    expect((await ask('/nowhere', { method: 'POST', headers: HTML })).text).not.toContain('portal');
    expect(JSON.parse((await ask('/nowhere', {})).text)).toEqual({
      code: 'NOT_FOUND',
      message: 'There is nothing at this path. Check the address.',
    });
  });
});

describe('An error page with words of the provider', () => {
  it('quotes them as text, in the dark too and without scripts', async () => {
    const scenario = await HostileScenario.open();
    const browser = await Chromium.start({ colorScheme: 'dark', width: 360 });
    try {
      const description = `<b>not you</b> ${'x'.repeat(120)}`;
      await scenario.issuer('refuses', {
        callback: (back) => {
          back.delete('code');
          back.set('error', 'access_denied');
          back.set('error_description', description);
        },
      });
      const page = await browser.tab();
      await page.goto(`${scenario.app.url}/c/oidc/login`);
      await page.getByRole('heading', { name: 'Login failed' }).waitFor();
      await page.getByText('access_denied', { exact: true }).waitFor();
      expect(await page.locator('q bdi').innerText()).toBe(description);
      expect(await barriersOf(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);

      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setScriptExecutionDisabled', { value: true });
      await page.goto(`${scenario.app.url}/c/oidc/login`);
      const main = page.getByRole('main');
      expect(await main.getByRole('heading').innerText()).toBe('Login failed');
      expect(await main.getByText('The provider says:').innerText()).toContain('<b>not you</b>');
      await main.getByRole('link', { name: 'Back to the login page' }).waitFor();
    } finally {
      await browser.close();
      await scenario.close();
    }
  });
});
