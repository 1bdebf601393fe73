import { Browser } from './browser.js';
import { SET_DISABLED } from './documents.js';
import { HostileIssuer, Misbehaviour } from './hostile-provider.js';
import { HostileScenario } from './hostile-scenario.js';

const LIFE_SECONDS = 301;
const DAY_SECONDS = 86_400;

/** The person and what belongs to them, when their login no longer counts or is not yet decided. */
export interface Holder {
  readonly scenario: HostileScenario;
  readonly issuer: HostileIssuer;
  readonly browser: Browser;
  /** From now on the token endpoint answers every refresh with this; it repeats what it was sent. */
  readonly answerRefreshes: (status: number, body: object | string) => void;
  readonly breakRefreshes: () => void;
}

/** The state of a login, its reason, and the status of the CLI secret. */
type Row = readonly [string | null, string | null, string];

/** A class of refusal of a CLI secret, and what everybody sees of it. */
export interface GrantRefusal {
  readonly what: string;
  readonly misbehaviour?: Misbehaviour;
  readonly happens: (holder: Holder) => unknown;
  /** `docker login`: HTTP status, code, message with `{url}` for the address of the portal, and `Retry-After`. */
  readonly docker: readonly [number, string, string, string | null];
  /** The status for registry backends, which is also the reason in the audit log, and the outcome there. */
  readonly status: readonly [string, string];
  /** The audit event of the refresh: outcome, reason and detail; null: there is none. */
  readonly refresh: readonly [string, string, string | null] | null;
  /** The row of the user, for administrators. */
  readonly user: Row;
  /** The profile: by default what administrators see; or the reason for which the session ended, null for none. */
  readonly session?: readonly ['ENDED', string | null];
}

const refused = (status: number, body: object | string) => ({
  happens: ({ scenario, answerRefreshes }: Holder) => {
    answerRefreshes(status, body);
    scenario.app.clock.advance(LIFE_SECONDS);
  },
});
const unavailable = (message: string) => [503, 'UNAVAILABLE', message, '10'] as const;
const unauthorized = (message: string) => [401, 'UNAUTHORIZED', message, null] as const;

/** Every status of a CLI secret that is not accepted; wrong ones are in `refusal-texts-registry.e2e-spec.ts`. */
export const GRANT_REFUSALS: readonly GrantRefusal[] = [
  {
    what: 'the provider ended the login (invalid_grant)',
    ...refused(400, { error: 'invalid_grant' }),
    docker: unauthorized('Your login was ended by the identity provider: log in at {url} and try again.'),
    status: ['REFRESH_REJECTED', 'REFUSED'],
    refresh: ['REFUSED', 'REFRESH_REJECTED', null],
    user: ['REAUTHENTICATION_REQUIRED', 'REFRESH_REJECTED', 'REFRESH_REJECTED'],
  },
  {
    what: 'the provider answers unclearly',
    ...refused(400, { error: 'invalid_request' }),
    docker: unauthorized('The identity provider did not renew your login: log in at {url} and try again.'),
    status: ['REFRESH_UNCLEAR', 'REFUSED'],
    refresh: ['FAILED', 'REFRESH_UNCLEAR', 'HTTP 400'],
    user: ['REAUTHENTICATION_REQUIRED', 'REFRESH_UNCLEAR', 'REFRESH_UNCLEAR'],
  },
  {
    what: 'the provider gave no refresh token',
    misbehaviour: { tokens: (honest) => ({ ...honest, refresh_token: undefined }) },
    happens: ({ scenario }) => scenario.app.clock.advance(LIFE_SECONDS),
    docker: unauthorized('Your login has expired: log in at {url} and try again.'),
    status: ['NO_REFRESH_TOKEN', 'REFUSED'],
    refresh: null,
    user: ['REAUTHENTICATION_REQUIRED', 'NO_REFRESH_TOKEN', 'NO_REFRESH_TOKEN'],
  },
  {
    what: 'the provider reports a logout',
    happens: async ({ scenario, issuer }) => scenario.tellOfLogout(await issuer.pair.sign(issuer.logoutClaims())),
    docker: unauthorized('You were logged out at the identity provider: log in at {url} and try again.'),
    status: ['PROVIDER_LOGOUT', 'REFUSED'],
    refresh: null,
    user: ['REAUTHENTICATION_REQUIRED', 'PROVIDER_LOGOUT', 'PROVIDER_LOGOUT'],
    session: ['ENDED', null],
  },
  {
    what: 'the settings name another provider',
    happens: ({ scenario }) => scenario.app.configure({ oidc: { clientId: 'another' } }),
    docker: unauthorized('The identity provider was changed: log in at {url} and try again.'),
    status: ['PROVIDER_CHANGED', 'REFUSED'],
    refresh: null,
    user: ['REAUTHENTICATION_REQUIRED', 'PROVIDER_CHANGED', 'PROVIDER_CHANGED'],
  },
  {
    what: 'the provider does not answer',
    happens: ({ scenario, breakRefreshes }) => {
      breakRefreshes();
      scenario.app.clock.advance(LIFE_SECONDS);
    },
    docker: unavailable('The identity provider does not answer. Nothing is lost: try again in a minute.'),
    status: ['PROVIDER_UNAVAILABLE', 'FAILED'],
    refresh: ['FAILED', 'PROVIDER_UNAVAILABLE', null],
    user: ['REFRESHABLE', null, 'PROVIDER_UNAVAILABLE'],
  },
  {
    what: 'the provider answers with an error of its own',
    ...refused(503, ''),
    docker: unavailable('The identity provider answered with an error. Nothing is lost: try again in a minute.'),
    status: ['PROVIDER_UNAVAILABLE', 'FAILED'],
    refresh: ['FAILED', 'PROVIDER_UNAVAILABLE', null],
    user: ['REFRESHABLE', null, 'PROVIDER_UNAVAILABLE'],
  },
  {
    what: 'the provider rejects the client',
    ...refused(401, { error: 'invalid_client' }),
    docker: unavailable(
      "The identity provider rejected Mooring's client credentials. Nothing is lost: tell an administrator, and try again later.",
    ),
    status: ['PROVIDER_REJECTED_CLIENT', 'FAILED'],
    refresh: ['FAILED', 'PROVIDER_REJECTED_CLIENT', null],
    user: ['REFRESHABLE', null, 'PROVIDER_UNAVAILABLE'],
  },
  {
    what: 'the last login is too old',
    happens: async ({ scenario }) => {
      await scenario.app.configure({ oidc: { maxSignInDays: 1 } });
      scenario.app.clock.advance(DAY_SECONDS);
    },
    docker: unauthorized('Your last login was longer ago than an administrator allows: log in at {url} and try again.'),
    status: ['LOGIN_TOO_OLD', 'REFUSED'],
    refresh: null,
    user: ['REAUTHENTICATION_REQUIRED', 'LOGIN_TOO_OLD', 'LOGIN_TOO_OLD'],
    session: ['ENDED', 'LOGIN_TOO_OLD'],
  },
  {
    what: 'the person is in no group that may log in',
    happens: ({ scenario }) => scenario.app.configure({ oidc: { loginGroups: ['crew'] } }),
    docker: unauthorized(
      'You are in no group of the identity provider that may log in here. Ask an administrator to let you in, then log in again.',
    ),
    status: ['LOGIN_NOT_ALLOWED', 'REFUSED'],
    refresh: null,
    user: ['FRESH', null, 'LOGIN_NOT_ALLOWED'],
    session: ['ENDED', 'LOGIN_NOT_ALLOWED'],
  },
  {
    what: 'an administrator disabled the account',
    happens: async ({ scenario, browser }) => {
      const input = { userId: (await scenario.me(browser)).id, isDisabled: true };
      await scenario.app.ask(scenario.app.admin, SET_DISABLED, { input });
    },
    docker: unauthorized('Your account is disabled. Ask an administrator to enable it.'),
    status: ['USER_DISABLED', 'REFUSED'],
    refresh: null,
    user: ['FRESH', null, 'USER_DISABLED'],
    session: ['ENDED', null],
  },
];

/** A person whose CLI secret was good until the class of refusal came about. */
export interface Refused extends Holder {
  readonly userId: string;
  readonly secret: string;
}

/** Logs a person in, reads their CLI secret, and lets the refusal come about. */
export async function refusedGrant(refusal: GrantRefusal, scenario: HostileScenario, name: string): Promise<Refused> {
  let answer: Misbehaviour['answer'];
  const misbehaviour: Misbehaviour = { ...refusal.misbehaviour, answer: (...all) => answer?.(...all) ?? false };
  const issuer = await scenario.issuer(name, misbehaviour, { loginGroups: [], maxSignInDays: 0 });
  const browser = await scenario.loggedIn(issuer);
  const secret = await scenario.secretOf(browser);
  const { id: userId } = await scenario.me(browser);
  const holder: Holder = {
    ...{ scenario, issuer, browser },
    answerRefreshes: (status, body) => {
      answer = (endpoint, _request, response, { form, authorization }) => {
        const repeated = `Not accepted: ${form.toString()} ${authorization}`;
        const json = typeof body === 'string' ? body : JSON.stringify({ ...body, error_description: repeated });
        const isToken = endpoint === 'token';
        return isToken && Boolean(response.writeHead(status, { 'content-type': 'application/json' }).end(json));
      };
    },
    breakRefreshes: () => {
      answer = (endpoint, request) => endpoint === 'token' && Boolean(request.socket.destroy());
    },
  };
  await refusal.happens(holder);
  return { ...holder, userId, secret };
}
