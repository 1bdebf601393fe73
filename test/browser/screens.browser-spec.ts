import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OidcScenario } from '../support/oidc-scenario.js';
import { Chromium, chooseAtProvider, onboardInBrowser } from './chromium.js';
import { look, WINDOWS } from './look.js';
import { openScene } from './scene.js';

const INSIDE = [
  ['profile', '/profile', 'Each command asks for the secret'],
  ['overview', '/administration/overview', 'First steps'],
  ['authentication', '/administration/configuration', 'Test OIDC Server'],
  ['sign-in', '/administration/configuration?tab=sign-in', 'Log out after inactivity'],
  ['protection', '/administration/configuration?tab=protection', 'Audit log retention'],
  ['users', '/administration/users', 'maya'],
  ['groups', '/administration/groups', 'pilots'],
  ['registry-access', '/administration/registry-access', 'Check access'],
  ['service-tokens', '/administration/service-tokens', 'nightly automation'],
  ['audit-log', '/administration/audit-log', 'logins and'],
] as const;

describe.each(WINDOWS)('Every screen, %s', (variant, options) => {
  let scenario: OidcScenario;
  let browser: Chromium;
  beforeAll(async () => {
    scenario = await openScene();
    browser = await Chromium.start(options);
  });
  afterAll(async () => {
    await browser.close();
    await scenario.close();
  });

  it('is accessible and fits its window', async () => {
    const page = await browser.tab();
    const { url } = scenario.app;
    const found: string[] = [];
    await page.goto(url);
    const way = page.getByRole('link', { name: 'Login via OIDC Provider' });
    await way.waitFor();
    found.push(...(await look(page, `login-${variant}`)));
    await way.click();
    await chooseAtProvider(page, 'lin');
    await page.getByText('This name is available.').waitFor();
    found.push(...(await look(page, `onboarding-${variant}`)));
    await onboardInBrowser(page);
    for (const [name, path, text] of INSIDE) {
      await page.goto(url + path);
      await page.getByText(text).first().waitFor();
      found.push(...(await look(page, `${name}-${variant}`)));
    }
    await page.goto(`${url}/administration/users?search=kofi`);
    await page.getByRole('link', { name: 'kofi' }).click();
    await page.getByRole('button', { name: 'Disable' }).waitFor();
    found.push(...(await look(page, `user-${variant}`)));
    await page.getByRole('link', { name: 'pilots' }).click();
    await page.getByText('3 users').waitFor();
    found.push(...(await look(page, `group-${variant}`)));
    await page.goto(`${url}/administration/nothing`);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    found.push(...(await look(page, `not-found-${variant}`)));
    expect(found).toEqual([]);
  });
});
