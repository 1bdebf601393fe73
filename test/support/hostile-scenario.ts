import { expect } from '@jest/globals';
import { Answer, TestApp } from './app.js';
import { Browser, Page } from './browser.js';
import { AUDIT, CLI_SECRET, CREATE_TOKEN, LOGOUT, ME, PENDING, USERS, VERIFY } from './documents.js';
import { HOSTILE_CLIENT_SECRET, HostileIssuer, HostileProvider, Misbehaviour } from './hostile-provider.js';

const MESSAGE = /<p role="alert">[A-Z][^<]{20,400}\.<\/p>/;

/** The status of a refusal, and its reason in the audit log. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** The provider sent an unusable response. */
export const UNUSABLE: Refusal = { status: 502, reason: 'PROVIDER_ERROR' };
/** The browser returned with parameters that do not fit its login. */
export const NOT_BEGUN: Refusal = { status: 403, reason: 'FORBIDDEN' };
/** The provider did not answer in time. */
export const SILENT: Refusal = { status: 503, reason: 'PROVIDER_UNAVAILABLE' };

/** Mooring in OIDC mode with a provider that may misbehave in any way. */
export class HostileScenario {
  private constructor(
    readonly app: TestApp,
    readonly provider: HostileProvider,
    private readonly verifier: { readonly bearer: string },
  ) {}

  static async open(): Promise<HostileScenario> {
    const app = await TestApp.start();
    const provider = await HostileProvider.start(() => app.clock.now());
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    return new HostileScenario(app, provider, { bearer: data.createServiceToken.token });
  }

  async close(): Promise<void> {
    await this.app.stop();
    await this.provider.close();
  }

  /** Opens an issuer, and configures Mooring to use it. */
  async issuer(name: string, misbehaviour: Misbehaviour = {}, oidc: object = {}): Promise<HostileIssuer> {
    const issuer = this.provider.issuer(name, misbehaviour);
    const client = { endpoint: issuer.url, clientId: 'mooring', clientSecret: HOSTILE_CLIENT_SECRET };
    const usual = { scope: 'openid,profile,email', groupsClaim: 'groups', autoOnboard: true, logout: true };
    const { code } = await this.app.configure({ authMode: 'OIDC', oidc: { ...client, ...usual, ...oidc } });
    expect(code).toBeUndefined();
    return issuer;
  }

  /** Logs in, as far as the login gets. */
  login(browser: Browser): Promise<Page> {
    return browser.open(`${this.app.url}/c/oidc/login?redirect_url=/profile`, {}, isPortal);
  }

  /** Goes to the provider and back, and stops before the browser returns to Mooring. */
  async callbackOf(browser: Browser): Promise<URL> {
    const isCallback = ({ pathname }: URL) => pathname === '/c/oidc/callback';
    return (await browser.open(`${this.app.url}/c/oidc/login?redirect_url=/profile`, {}, isCallback)).url;
  }

  /** Logs in as the person of an issuer. */
  async loggedIn({ username }: HostileIssuer): Promise<Browser> {
    const browser = new Browser();
    const page = await this.login(browser);
    expect([page.url.pathname, page.text.slice(0, 500)]).toEqual(['/profile', '']);
    expect((await this.me(browser)).username).toBe(username);
    return browser;
  }

  async me(browser: Browser) {
    return (await this.app.ask(browser, ME)).data.me;
  }

  /** Logs in with a misbehaving issuer, and checks that the login fails. */
  async refuses(
    name: string,
    misbehaviour: Misbehaviour,
    refusal = UNUSABLE,
    oidc: object = {},
  ): Promise<HostileIssuer> {
    const issuer = await this.issuer(name, misbehaviour, oidc);
    await this.comesToNothing((browser) => this.login(browser), refusal);
    return issuer;
  }

  /** Checks that a step ends with an error page and an audit event, without a session or user, and with the process alive. */
  async comesToNothing(step: (browser: Browser) => Promise<Page>, { status, reason }: Refusal): Promise<void> {
    const before = { users: await this.users(), refused: await this.refused(reason) };
    const browser = new Browser();
    const page = await step(browser);
    expect([page.status, page.text]).toEqual([status, expect.stringMatching(MESSAGE)]);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await this.me(browser)).toBeNull();
    expect((await this.app.ask(browser, PENDING)).data.pendingOnboarding).toBeNull();
    expect({ users: await this.users(), refused: await this.refused(reason) }).toEqual({
      users: before.users,
      refused: before.refused + 1,
    });
    expect((await browser.fetch(`${this.app.url}/health/ready`)).status).toBe(200);
  }

  async logout(browser: Browser): Promise<string> {
    return (await this.app.ask(browser, LOGOUT)).data.logout.redirectUrl;
  }

  async secretOf(browser: Browser): Promise<string> {
    return (await this.app.ask(browser, CLI_SECRET)).data.cliSecret.secret;
  }

  async verify(username: string, secret: string) {
    return (await this.app.ask(this.verifier, VERIFY, { username, secret })).data.verifyCliSecret;
  }

  /** Sends a logout token, as the provider does. */
  tellOfLogout(token: string): Promise<Page> {
    const body = new URLSearchParams({ logout_token: token });
    const url = `${this.app.url}/c/oidc/backchannel-logout`;
    return new Browser().fetch(url, { method: 'POST', body, headers: { accept: '*/*' } });
  }

  /** The number of audited failures of an action for a reason. */
  async refused(reason: string, action = 'login'): Promise<number> {
    const answer = await this.app.ask(this.app.admin, AUDIT, { filter: { action }, first: 100 });
    const events = eventsIn(answer).filter((event) => event.reason === reason && event.outcome !== 'SUCCEEDED');
    return events.reduce((sum, { count }) => sum + count, 0);
  }

  private async users(): Promise<number> {
    return (await this.app.ask(this.app.admin, USERS)).data.users.totalCount;
  }
}

function isPortal({ pathname }: URL): boolean {
  return pathname === '/profile' || pathname === '/onboarding';
}

function eventsIn({ data }: Answer): { reason: string | null; outcome: string; count: number }[] {
  return data.auditEvents.edges.map(({ node }: { node: object }) => node);
}
