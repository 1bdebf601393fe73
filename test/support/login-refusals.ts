import { Browser, Page } from './browser.js';
import { SET_DISABLED } from './documents.js';
import { Misbehaviour } from './hostile-provider.js';
import { HostileScenario } from './hostile-scenario.js';
import { CODE_REFUSED, MEMBER_FAULTS, SENT_BACK } from './login-refusals-of-provider.js';

/** A class of refusal at the callback, and what everybody sees of it. */
export interface LoginRefusal {
  readonly what: string;
  readonly misbehaviour?: Misbehaviour;
  readonly oidc?: object;
  /** How the login ends; by default the person logs in, and is sent back. */
  readonly ends?: (scenario: HostileScenario, browser: Browser) => Promise<Page>;
  /** The person: status and code of the page, and its text. */
  readonly page: readonly [number, string, string];
  /** The person: what the page quotes of the provider; by default nothing. */
  readonly quotes?: string;
  /** The administrator: outcome, reason and detail of the audit event. */
  readonly audit: readonly [string, string, string | null];
  /** The administrator: the detail in the log; null: there is none, by default that of the audit event. */
  readonly log?: string | null;
}

const OTHER_BROWSER =
  'This login was started in another browser, was already completed, or took too long. Go back to the login page and start again.';
/** Refusals of Mooring itself. */
export const OUR_REFUSALS: readonly LoginRefusal[] = [
  {
    what: 'a stranger makes the link, with words of their own',
    ends: ({ app }, browser) =>
      browser.fetch(
        `${app.url}/c/oidc/callback?error=access_denied&error_description=call+0800&state=${'a'.repeat(32)}`,
      ),
    page: [403, 'FORBIDDEN', OTHER_BROWSER],
    audit: ['REFUSED', 'FORBIDDEN', null],
    log: 'the state is not from this browser',
  },
  {
    what: 'the answer is opened in another browser',
    ends: async (scenario, browser) => new Browser().fetch(await scenario.callbackOf(browser)),
    page: [403, 'FORBIDDEN', OTHER_BROWSER],
    audit: ['REFUSED', 'FORBIDDEN', null],
    log: 'the state is not from this browser',
  },
  {
    what: 'the login took longer than ten minutes',
    ends: async (scenario, browser) => {
      const url = await scenario.callbackOf(browser);
      scenario.app.clock.advance(601);
      return browser.fetch(url);
    },
    page: [403, 'FORBIDDEN', OTHER_BROWSER],
    audit: ['REFUSED', 'FORBIDDEN', 'the attempt is too old'],
  },
  {
    what: 'the answer was used before, from a copy of the cookies',
    ends: async (scenario, browser) => {
      const url = await scenario.callbackOf(browser);
      const copy = browser.copy();
      await browser.fetch(url);
      scenario.app.clock.advance(61);
      return copy.fetch(url);
    },
    page: [403, 'FORBIDDEN', OTHER_BROWSER],
    audit: ['REFUSED', 'FORBIDDEN', 'the attempt was used before'],
  },
  {
    what: 'the provider was replaced in the settings meanwhile',
    ends: async (scenario, browser) => {
      const url = await scenario.callbackOf(browser);
      await scenario.app.configure({ oidc: { clientId: 'another' } });
      return browser.fetch(url);
    },
    page: [403, 'FORBIDDEN', 'An administrator changed the OpenID provider while you were logging in. Log in again.'],
    audit: ['REFUSED', 'FORBIDDEN', 'the provider was replaced in the settings'],
  },
  {
    what: 'the person is in no group that may log in',
    oidc: { loginGroups: ['crew'] },
    page: [
      403,
      'LOGIN_NOT_ALLOWED',
      'You are logged in at the identity provider, but you are in no group there that may log in here. Ask an administrator to let you in, then log in again.',
    ],
    audit: ['REFUSED', 'LOGIN_NOT_ALLOWED', null],
    log: null,
  },
  {
    what: 'an administrator has disabled the account',
    ends: async (scenario, browser) => {
      const { id: userId } = await scenario.me(await loggedIn(scenario));
      const input = { userId, isDisabled: true };
      await scenario.app.ask(scenario.app.admin, SET_DISABLED, { input });
      return scenario.login(browser);
    },
    page: [403, 'FORBIDDEN', 'An administrator has disabled your account. Ask an administrator to enable it.'],
    audit: ['REFUSED', 'FORBIDDEN', 'the account is disabled'],
    log: null,
  },
  {
    what: 'the provider reports a logout meanwhile',
    ends: async (scenario, browser) => {
      const url = await scenario.callbackOf(browser);
      const issuer = scenario.provider.latest;
      await scenario.tellOfLogout(await issuer.pair.sign(issuer.logoutClaims()));
      return browser.fetch(url);
    },
    page: [
      403,
      'FORBIDDEN',
      'You were logged out at the OpenID provider while you were logging in here. Log in again.',
    ],
    audit: ['REFUSED', 'PROVIDER_LOGOUT', null],
    log: null,
  },
];

/** All of them. */
export const LOGIN_REFUSALS = [...SENT_BACK, ...CODE_REFUSED, ...MEMBER_FAULTS, ...OUR_REFUSALS];

/** Opens the issuer of a class, and returns the page at which its login ends. */
export async function refusedBy(
  { misbehaviour, oidc, ends }: LoginRefusal,
  scenario: HostileScenario,
  name: string,
  browser = new Browser(),
): Promise<Page> {
  await scenario.issuer(name, misbehaviour, { loginGroups: [], maxSignInDays: 0, ...oidc });
  return ends ? ends(scenario, browser) : scenario.login(browser);
}

async function loggedIn(scenario: HostileScenario): Promise<Browser> {
  const browser = new Browser();
  await scenario.login(browser);
  return browser;
}
