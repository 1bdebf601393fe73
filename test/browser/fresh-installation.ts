import { Page } from 'playwright-core';
import { RunningOpenIdProvider, startOpenIdProvider } from '../../demo/openid-provider.js';
import { PEOPLE } from '../../demo/people.js';
import { TestApp } from '../support/app.js';
import { Chromium, ChromiumOptions, passwordInBrowser } from './chromium.js';

/** The secret with which the provider knows Mooring. */
export const PROVIDER_SECRET = 'provider-client-secret';

/** A new installation in DATABASE mode, a provider that knows it, and a browser in which the administrator sees the settings. */
export class FreshInstallation {
  private constructor(
    readonly app: TestApp,
    readonly provider: RunningOpenIdProvider,
    private readonly browser: Chromium,
    readonly page: Page,
  ) {}

  /** @param registered the redirect URI that the provider knows; by default the right one */
  static async open(options: ChromiumOptions = {}, registered?: string): Promise<FreshInstallation> {
    const app = await TestApp.start();
    const client = {
      id: 'mooring',
      secret: PROVIDER_SECRET,
      redirectUris: [registered ?? `${app.url}/c/oidc/callback`],
    };
    const provider = await startOpenIdProvider({ people: PEOPLE, client });
    const browser = await Chromium.start(options);
    const page = await browser.tab();
    await page.goto(`${app.url}/administration/configuration`);
    await passwordInBrowser(page, 'admin', app.adminPassword);
    await page.getByRole('heading', { name: 'Configuration', exact: true }).waitFor();
    return new FreshInstallation(app, provider, browser, page);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.stop();
    await this.provider.close();
  }
}
