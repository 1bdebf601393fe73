import { afterEach, beforeEach } from '@jest/globals';
import { Browser } from './browser.js';
import { OidcScenario, ProviderChanges } from './oidc-scenario.js';

const RECHECK_SECONDS = 60;

/** Users whose grants have to be refreshed a minute after each login or refresh, and whose secrets are verified. */
export class RefreshedUsers {
  private readonly secrets = new Map<string, string>();
  private opened: OidcScenario | undefined;

  /** One whose scenario is opened before each story and closed after it. */
  static forEachStory(): RefreshedUsers {
    const users = new RefreshedUsers();
    beforeEach(() => users.open());
    afterEach(() => users.scenario.close());
    return users;
  }

  get scenario(): OidcScenario {
    if (!this.opened) throw new Error('The scenario is not open yet.');
    return this.opened;
  }

  /** Closes the scenario, and opens one with another provider. */
  async reopen(changes: ProviderChanges): Promise<void> {
    await this.scenario.close();
    await this.open(changes);
  }

  /** Onboards a user, and keeps their secret for {@link verify}. */
  async join(username: string): Promise<Browser> {
    const browser = await this.scenario.onboarded(username);
    this.secrets.set(username, await this.scenario.secretOf(browser));
    return browser;
  }

  verify(username = 'lin') {
    return this.scenario.verify(username, this.secrets.get(username)!);
  }

  async statusOf(username = 'lin'): Promise<string> {
    return (await this.verify(username)).status as string;
  }

  async groupsOf(username = 'lin'): Promise<string[]> {
    return (await this.verify(username)).principal.groups as string[];
  }

  /** Lets the time pass after which the provider has to be asked. */
  expire(): void {
    this.scenario.app.clock.advance(RECHECK_SECONDS + 1);
  }

  private async open(changes: ProviderChanges = {}): Promise<void> {
    this.opened = await OidcScenario.open({ idTokenSeconds: 600, oidc: { recheckMinutes: 1 }, ...changes });
  }
}
