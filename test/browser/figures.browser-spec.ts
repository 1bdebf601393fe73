import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Locator, Page } from 'playwright-core';
import { fill } from '../../bench/people.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { Chromium, loginInBrowser, passwordInBrowser } from './chromium.js';

const MOST_BYTES = 150_000;
const MANY = 100_000;
const ROWS = 25;
// The maximum size of one page of a list.
const MOST_BYTES_OF_A_PAGE = 30_000;
// Half of what web.dev/cls rates as good.
const MOST_SHIFT = 0.05;

/** Counts the bytes on the wire that a page loads from now on. */
async function watchBytes(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  return () => bytes;
}

/** The cumulative layout shift of a page, as measured by Chromium. */
function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let shift = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += (entry as unknown as { value: number }).value;
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(shift)));
      }),
  );
}

const print = (line: string) => void process.stdout.write(`${line}\n`);

describe('The portal', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ oidc: { adminGroup: 'mooring-admins' } });
    browser = await Chromium.start();
  });
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  it('sends less than 150 kB for the login page, and prints how fast it is', async () => {
    const page = await browser.tab();
    const bytes = await watchBytes(page);
    await page.goto(scenario.app.url);
    await page.getByRole('link', { name: 'Login via OIDC Provider (Example Office)' }).waitFor();
    const usable = await page.evaluate(() => performance.now());
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
    print(`login page: ${bytes()} bytes, first paint ${Math.round(paint)} ms, usable ${Math.round(usable)} ms`);
    expect(bytes()).toBeGreaterThan(10_000);
    expect(bytes()).toBeLessThan(MOST_BYTES);
    expect(await shiftOf(page)).toBeLessThan(MOST_SHIFT);
    await page.close();
  });

  it('shifts no layout while its screens load', async () => {
    const page = await browser.tab();
    await loginInBrowser(page, scenario.app.url, 'lin');
    const screens = ['users', 'groups', 'registry-access', 'service-tokens', 'audit-log', 'overview', 'configuration'];
    const unstable: string[] = [];
    for (const path of ['/profile', ...screens.map((screen) => `/administration/${screen}`)]) {
      await page.goto(scenario.app.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
      const shift = await shiftOf(page);
      print(`${path}: moved by ${shift.toFixed(4)}`);
      if (shift >= MOST_SHIFT) unstable.push(`${path} ${shift}`);
    }
    expect(unstable).toEqual([]);
  });

  it(`fetches one page at a time of ${MANY.toLocaleString('en')} users, and prints how fast that is`, async () => {
    const { app } = scenario;
    const { database } = app.environment;
    if (database.engine !== 'sqlite') throw new Error('This test inserts users into a SQLite file.');
    fill(database.file, MANY, { issuer: scenario.provider.issuer, clientId: 'mooring' });
    const page = await browser.tab();
    await page.goto(`${app.url}/profile`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    const bytes = await watchBytes(page);
    const rows = page.getByRole('table', { name: 'Users' }).locator('tbody tr');
    const measured = async (what: string, act: () => Promise<void>, shown: Locator) => {
      const [begin, before] = [performance.now(), bytes()];
      await act();
      await shown.first().waitFor();
      const took = Math.round(performance.now() - begin);
      print(`${MANY} users, ${what}: ${took} ms, ${bytes() - before} bytes`);
      expect(bytes() - before).toBeLessThan(MOST_BYTES_OF_A_PAGE);
    };
    const link = page.getByRole('link', { name: 'Users' });
    await measured('first page', () => link.click(), page.getByText('More than 1,000 users'));
    expect(await rows.count()).toBe(ROWS);
    const name = (await rows.first().getByRole('link').textContent()) ?? '';
    const others = rows.first().getByRole('link').filter({ hasNotText: name });
    await measured('next page', () => page.getByRole('button', { name: 'Next' }).click(), others);
    await measured('search', () => page.getByLabel('Search').fill('admin'), page.getByText('1 user'));
  });
});
