import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserContext, chromium, Page } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
];

/** Options of a browser; the defaults are light mode and a desktop window. */
export interface ChromiumOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** A real browser with a profile of its own. It collects the errors of its pages. */
export class Chromium {
  private constructor(
    readonly context: BrowserContext,
    private readonly folder: string,
    readonly complaints: string[],
  ) {}

  /** Starts a browser that can reach only this machine. */
  static async start({ colorScheme = 'light', width = 1280, height = 800 }: ChromiumOptions = {}): Promise<Chromium> {
    if (!existsSync(EXECUTABLE)) throw new Error(`There is no browser at ${EXECUTABLE}: install Debian's chromium.`);
    const folder = await mkdtemp(join(tmpdir(), 'mooring-chromium-'));
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: EXECUTABLE,
      args: [...ARGUMENTS, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'],
      viewport: { width, height },
      permissions: ['clipboard-read', 'clipboard-write'],
      ...{ colorScheme, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' },
    });
    context.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    context.on('console', (message) => {
      // A GraphQL error that a test provokes is not a defect of the page.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(error.error().message));
    return new Chromium(context, folder, complaints);
  }

  /** A new tab. */
  tab(): Promise<Page> {
    return this.context.newPage();
  }

  /** Closes the browser, and throws if a page violated the security policy or threw an error. */
  async close(): Promise<void> {
    await this.context.close();
    await rm(this.folder, { recursive: true, force: true });
    if (this.complaints.length > 0) throw new Error(`Pages complained:\n${this.complaints.join('\n')}`);
  }
}

/** Clicks a user's button at the provider. */
export async function chooseAtProvider(page: Page, person: string): Promise<void> {
  await page.getByRole('button', { name: `(${person})` }).click();
}

/** The text in the clipboard. */
export function clipboardOf(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Clicks a copy button, and returns the text that it put into the clipboard. */
export async function copiedWith(page: Page, button: string): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.getByRole('button', { name: button }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== '');
  return clipboardOf(page);
}

/** Accepts the suggested user name, and waits for the profile. */
export async function onboardInBrowser(page: Page): Promise<void> {
  await page.getByText('This name is available.').waitFor();
  await page.getByRole('button', { name: 'Use this name' }).click();
  await page.getByRole('heading', { name: 'My profile' }).waitFor();
}

/** Shows the buttons that replace or revoke the CLI secret. */
export async function changeSecret(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Change the CLI secret' }).click();
}

/** Logs in at the provider, choosing a user name at the first login, and waits for the profile. */
export async function loginInBrowser(page: Page, url: string, person: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('link', { name: 'Login via OIDC Provider' }).click();
  await chooseAtProvider(page, person);
  await page.waitForURL(/\/(onboarding|profile)$/);
  if (page.url().endsWith('/onboarding')) await onboardInBrowser(page);
  await page.getByRole('heading', { name: 'My profile' }).waitFor();
}

/** Logs in with a password. */
export async function passwordInBrowser(page: Page, username: string, password: string): Promise<void> {
  const name = page.getByLabel('User name');
  await name.waitFor({ state: 'attached' });
  // In OIDC mode, the form is folded away.
  if (!(await name.isVisible())) await page.getByText('Administrator login').click();
  await name.fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}
