import { getRepositoryToken } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ProviderGrant } from '../../src/grants/provider-grant.entity.js';
import { TestApp } from '../support/app.js';
import { Browser, Page } from '../support/browser.js';
import {
  CLI_SECRET,
  CREATE_TOKEN,
  LOGOUT,
  ME,
  ONBOARD,
  START_TEST_LOGIN,
  TEST_LOGIN,
  TEST_PROVIDER,
  VERIFY,
} from '../support/documents.js';
import { Keycloak } from './keycloak.js';
import { KeycloakRealm, PASSWORD, RealmChanges } from './keycloak-realm.js';

/** A line of the report of Test OIDC Server. */
export interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly remedy: string | null;
}

/** What a story has otherwise than the usual one. */
export interface KeycloakChanges extends RealmChanges {
  readonly oidc?: object;
}

/** Mooring in OIDC mode with a realm of its own at Keycloak. */
export class KeycloakScenario {
  private constructor(
    readonly app: TestApp,
    readonly realm: KeycloakRealm,
    private readonly verifier: { readonly bearer: string },
  ) {}

  /** Opens one, configured through the public API as the recipe says. */
  static async open(keycloak: Keycloak, { oidc = {}, ...changes }: KeycloakChanges = {}): Promise<KeycloakScenario> {
    const app = await TestApp.start();
    const realm = await KeycloakRealm.create(keycloak, app.url, changes);
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    const scenario = new KeycloakScenario(app, realm, { bearer: data.createServiceToken.token });
    const client = { endpoint: realm.issuer, clientId: 'mooring', clientSecret: realm.clientSecret };
    const usual = {
      name: 'Keycloak',
      scope: 'openid,profile,email,offline_access',
      groupsClaim: 'groups',
      logout: true,
    };
    const { code, text } = await app.configure({ authMode: 'OIDC', oidc: { ...client, ...usual, ...oidc } });
    if (code) throw new Error(`The settings were refused: ${text}`);
    return scenario;
  }

  close(): Promise<void> {
    return this.app.stop();
  }

  /** Goes to the login page of Keycloak; where they are logged in there, straight back to Mooring. */
  toProvider(browser: Browser): Promise<Page> {
    return browser.open(`${this.app.url}/c/oidc/login?redirect_url=/profile`, {}, isPortal);
  }

  /** Logs in with a password, and stops where Mooring sends the browser, or at the page of a refusal. */
  async login(browser: Browser, username: string): Promise<Page> {
    return this.submit(browser, await this.toProvider(browser), username);
  }

  /** What a test login by somebody shows to the administrator in a browser. */
  async testLogin(admin: Browser, username: string, oidc: object = {}) {
    const { data } = await this.app.ask(admin, START_TEST_LOGIN, { input: { oidc } });
    const { id, url } = data.startTestLogin;
    await this.submit(admin, await admin.open(url, {}, isPortal), username);
    return (await this.app.ask(admin, TEST_LOGIN, { id })).data.testLogin;
  }

  private submit(browser: Browser, page: Page, username: string): Promise<Page> {
    const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(page.text) ?? [];
    if (action === '') throw new Error(`That is no login page: ${page.status} ${page.url.href} ${page.text}`);
    const body = new URLSearchParams({ username, password: PASSWORD, credentialId: '' });
    return browser.open(action.replaceAll('&amp;', '&'), { method: 'POST', body }, isPortal);
  }

  /** Somebody who has logged in for the first time and has chosen a user name. */
  async onboarded(username: string): Promise<Browser> {
    const browser = new Browser();
    const page = await this.login(browser, username);
    if (page.url.pathname !== '/onboarding') {
      throw new Error(`The first login ended at ${page.url.href} with ${page.status}: ${page.text}`);
    }
    await this.app.ask(browser, ONBOARD, { input: { username } });
    return browser;
  }

  async me(browser: Browser) {
    return (await this.app.ask(browser, ME)).data.me;
  }

  async secretOf(browser: Browser): Promise<string> {
    return (await this.app.ask(browser, CLI_SECRET)).data.cliSecret.secret;
  }

  async logout(browser: Browser): Promise<string> {
    return (await this.app.ask(browser, LOGOUT)).data.logout.redirectUrl;
  }

  /** Verifies a secret as a registry backend does. */
  async verify(username: string, secret: string) {
    return (await this.app.ask(this.verifier, VERIFY, { username, secret })).data.verifyCliSecret;
  }

  /** The same, after all tokens have expired here: at Keycloak they live on, and so does its clock. */
  async verifyExpired(username: string, secret: string) {
    await this.expire();
    return this.verify(username, secret);
  }

  async expire(): Promise<void> {
    const grants = this.app.nest.get<Repository<ProviderGrant>>(getRepositoryToken(ProviderGrant));
    const past = { expiresAt: this.app.clock.secondsFromNow(-1) };
    await grants.createQueryBuilder().update().set(past).execute();
  }

  /** Test OIDC Server, with these settings changed but not saved. */
  async test(oidc?: object): Promise<Record<string, Check>> {
    const { data } = await this.app.ask(this.app.admin, TEST_PROVIDER, { input: oidc ? { oidc } : {} });
    const checks = data.testOidcProvider.report.checks as Check[];
    return Object.fromEntries(checks.map((check) => [check.name, check]));
  }
}

function isPortal({ pathname }: URL): boolean {
  return ['/profile', '/onboarding', '/test-login'].includes(pathname);
}
