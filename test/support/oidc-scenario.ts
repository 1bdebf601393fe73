import {
  OpenIdProviderOptions,
  Person,
  RunningOpenIdProvider,
  startOpenIdProvider,
} from '../../demo/openid-provider.js';
import { PEOPLE } from '../../demo/people.js';
import { TestApp } from './app.js';
import { Browser, Page } from './browser.js';
import { Answer, Asker } from './graphql.js';
import { CLI_SECRET, CREATE_TOKEN_ONLY, ONBOARD, VERIFY } from './documents.js';

/** The differences of a story's provider from the usual one. */
export interface ProviderChanges {
  readonly people?: readonly Person[];
  readonly idTokenSeconds?: number;
  readonly claimsInIdToken?: boolean;
  /** How the client is registered to prove itself. */
  readonly authentication?: OpenIdProviderOptions['client']['authentication'];
  readonly assertionAlgorithms?: readonly string[];
  readonly pushedRequests?: OpenIdProviderOptions['pushedRequests'];
  readonly oidc?: object;
}

/** A running Mooring: one application in this process, or several separate processes. */
export interface Site {
  /** The base URL for browsers. */
  readonly url: string;
  readonly admin: Asker;
  ask(asker: Asker, query: string, variables?: object): Promise<Answer>;
  configure(patch: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** Mooring in OIDC mode with a real provider, for stories about logins. */
export class OidcScenario<App extends Site = TestApp> {
  private constructor(
    readonly app: App,
    readonly provider: RunningOpenIdProvider,
    private readonly verifier: { readonly bearer: string },
  ) {}

  /** Opens one, configured through the public API. */
  static async open(changes: ProviderChanges = {}): Promise<OidcScenario> {
    return OidcScenario.at(await TestApp.start(), changes);
  }

  /** Opens one at a running site. */
  static async at<App extends Site>(
    app: App,
    { oidc = {}, people = PEOPLE, authentication, ...changes }: ProviderChanges = {},
  ): Promise<OidcScenario<App>> {
    const client = {
      id: 'mooring',
      secret: 'provider-client-secret',
      ...{ authentication, jwksUri: `${app.url}/oidc/client-jwks.json` },
      redirectUris: [`${app.url}/c/oidc/callback`],
      postLogoutRedirectUris: [`${app.url}/c/oidc/logged-out`],
      backchannelLogoutUri: `${app.url}/c/oidc/backchannel-logout`,
    };
    const provider = await startOpenIdProvider({ people, client, ...changes });
    const { data } = await app.ask(app.admin, CREATE_TOKEN_ONLY, { input: { name: 'registry', role: 'VERIFIER' } });
    const scenario = new OidcScenario(app, provider, { bearer: data.createServiceToken.token });
    await scenario.configure({
      authMode: 'OIDC',
      oidc: {
        name: 'Example Office',
        endpoint: provider.issuer,
        clientId: client.id,
        clientSecret: client.secret,
        scope: 'openid,profile,email,groups,offline_access',
        groupsClaim: 'groups',
        extraRedirectParameters: [{ name: 'prompt', value: 'consent' }],
        ...oidc,
      },
    });
    return scenario;
  }

  /** Changes the configuration. */
  configure(patch: object): Promise<Answer> {
    return this.app.configure(patch);
  }

  /** Goes to the provider and stops at its login page. */
  toProvider(browser: Browser, returnTo = '/profile'): Promise<Page> {
    const query = new URLSearchParams({ redirect_url: returnTo });
    return browser.open(`${this.app.url}/c/oidc/login?${query}`, {}, undefined);
  }

  /** Logs in at the provider's login page, and stops where Mooring sends the browser. */
  loginAt(browser: Browser, page: Page, login: string): Promise<Page> {
    return browser.submit(
      page,
      { login },
      (next) => next.href.startsWith(`${this.app.url}/`) && !next.pathname.endsWith('/c/oidc/callback'),
    );
  }

  /** Logs in at the provider, and stops before the browser returns to Mooring. */
  async submitAndStopBeforeCallback(browser: Browser, login: string): Promise<URL> {
    const page = await this.toProvider(browser);
    return (await browser.submit(page, { login }, (next) => next.pathname.endsWith('/c/oidc/callback'))).url;
  }

  /** Logs in at the provider, and stops where Mooring sends the browser. */
  async login(browser: Browser, login: string, returnTo?: string): Promise<Page> {
    return this.loginAt(browser, await this.toProvider(browser, returnTo), login);
  }

  /** Logs out on the provider's own page. Fails if the provider could not notify Mooring. */
  async logOutAtProvider(browser: Browser): Promise<void> {
    const question = await browser.open(`${this.provider.issuer}/session/end`);
    const [, xsrf = ''] = /name="xsrf" value="(\w+)"/.exec(question.text) ?? [];
    const confirmed = { ...question, url: new URL('/session/end/confirm', question.url) };
    const told = this.provider.logouts.told;
    await browser.submit(confirmed, { xsrf, logout: 'yes' });
    if (this.provider.logouts.told !== told + 1) throw new Error('The provider could not tell of the logout.');
  }

  /** Logs in for the first time, up to the choice of a user name. */
  async firstLogin(browser: Browser, login: string): Promise<void> {
    const landed = await this.login(browser, login);
    if (!landed.url.pathname.endsWith('/onboarding')) {
      throw new Error(`The first login ended at ${landed.url.pathname} with ${landed.status}: ${landed.text}`);
    }
  }

  /** A person who has logged in for the first time and has chosen a user name. */
  async onboarded(login: string, username = login): Promise<Browser> {
    const browser = new Browser();
    await this.firstLogin(browser, login);
    await this.app.ask(browser, ONBOARD, { input: { username } });
    return browser;
  }

  /** The person's CLI secret. */
  async secretOf(browser: Browser): Promise<string> {
    return (await this.app.ask(browser, CLI_SECRET)).data.cliSecret.secret;
  }

  /** Verifies a secret as a registry backend does. */
  async verify(username: string, secret: string) {
    return (await this.app.ask(this.verifier, VERIFY, { username, secret })).data.verifyCliSecret;
  }

  get verifierToken(): string {
    return this.verifier.bearer;
  }

  async close(): Promise<void> {
    await this.app.stop();
    await this.provider.close();
  }
}
