import { Browser, Page } from './browser.js';
import { SET_DISABLED } from './documents.js';
import { Misbehaviour, signWithSecret } from './hostile-provider.js';
import { HostileScenario } from './hostile-scenario.js';

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

/** What the provider says in its own words; the words are those of Entra ID. */
const WORDS = 'AADSTS50011: the redirect URI does not match.';
const QUOTED = `; the provider says: "${WORDS}"`;
const NEW_LOGIN = 'Log in again; if this continues, tell an administrator.';

const sentBack = (error: string): Misbehaviour => ({
  callback: (back) => {
    back.delete('code');
    back.set('error', error);
    back.set('error_description', WORDS);
  },
});

/** The class of an error with which the provider sends the browser back. */
const ofError = (error: string, page: LoginRefusal['page'], oidc?: object): LoginRefusal => ({
  what: `the provider sends the browser back with ${error}`,
  misbehaviour: sentBack(error),
  oidc,
  page,
  quotes: `The provider says: ${error} “${WORDS}”`,
  audit: [page[1] === 'PROVIDER_UNAVAILABLE' ? 'FAILED' : 'REFUSED', page[1], `${error}${QUOTED}`],
});

/** A token endpoint that answers a code with this; it repeats what it was sent, as some providers do. */
const tokenEndpoint = (status: number, body: object | string): Misbehaviour => ({
  answer: (endpoint, _request, response, { form, authorization }) => {
    if (endpoint !== 'token') return false;
    const repeated = `Not accepted: ${form.toString()} ${authorization}`;
    const json = typeof body === 'string' ? body : JSON.stringify({ ...body, error_description: repeated });
    return Boolean(response.writeHead(status, { 'content-type': 'application/json' }).end(json));
  },
});

/** The class of an answer of the token endpoint to a code. */
const ofCode = (
  answer: readonly [number, object | string],
  page: LoginRefusal['page'],
  detail: string,
): LoginRefusal => ({
  what: `the token endpoint answers ${answer[0]} ${JSON.stringify(answer[1])}`,
  misbehaviour: tokenEndpoint(...answer),
  page,
  audit: [page[1] === 'PROVIDER_UNAVAILABLE' ? 'FAILED' : 'REFUSED', page[1], detail],
});

/** The class of a member that can't be used. */
const ofMember = (what: string, misbehaviour: Misbehaviour, text: string, detail: string, log?: string) => ({
  ...{ what, misbehaviour },
  page: [502, 'PROVIDER_ERROR', text] as const,
  audit: ['REFUSED', 'PROVIDER_ERROR', detail] as const,
  ...(log !== undefined && { log }),
});

const UNAVAILABLE = [
  503,
  'PROVIDER_UNAVAILABLE',
  'The OpenID provider did not answer in time, or answered with an error of its own. Try again in a minute; if this continues, tell an administrator.',
] as const;
const OTHER_BROWSER =
  'This login was started in another browser, was already completed, or took too long. Go back to the login page and start again.';
const REFUSED = 'The OpenID provider refused the login: it';
const CLIENT_REFUSED =
  'The OpenID provider refused the client id or secret. An administrator should check the OIDC settings.';
const COMPARE =
  'An administrator should compare the OIDC settings with the registration of the client at the provider.';

/** Errors of the authorization endpoint (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6). */
export const SENT_BACK: readonly LoginRefusal[] = [
  ofError('access_denied', [
    403,
    'LOGIN_DENIED',
    'The login was cancelled, or the OpenID provider does not let you use this registry. Log in again; if the provider does not let you in, ask its administrator for access.',
  ]),
  ofError(
    'invalid_scope',
    [
      502,
      'PROVIDER_ERROR',
      'The OpenID provider does not allow Mooring to ask for the scope `offline_access`. An administrator should take it out of the scope in the OIDC settings, or allow it to the client at the provider.',
    ],
    { scope: 'openid,offline_access' },
  ),
  ofError('unauthorized_client', [
    502,
    'PROVIDER_ERROR',
    'The OpenID provider does not accept Mooring as a client for this login. An administrator should compare the client id, and what the client may do, with its registration at the provider.',
  ]),
  ofError('server_error', [
    503,
    'PROVIDER_UNAVAILABLE',
    `The OpenID provider can't log you in at the moment, or the login took too long there. ${NEW_LOGIN}`,
  ]),
  ofError('temporarily_unavailable', [
    503,
    'PROVIDER_UNAVAILABLE',
    `The OpenID provider can't log you in at the moment, or the login took too long there. ${NEW_LOGIN}`,
  ]),
  ofError('login_required', [
    502,
    'PROVIDER_ERROR',
    'The OpenID provider ended the login with an error: it needs a step from you that it did not ask for. Log in at the provider first, then here; if this continues, an administrator should check the extra redirect parameters in the OIDC settings, such as prompt=none.',
  ]),
  ofError('invalid_request', [
    502,
    'PROVIDER_ERROR',
    `The OpenID provider ended the login with an error: it does not accept the request that Mooring makes. ${COMPARE}`,
  ]),
  ofError('made_up', [502, 'PROVIDER_ERROR', `The OpenID provider ended the login with an error. ${NEW_LOGIN}`]),
];

/** Answers of the token endpoint to a code (RFC 6749, section 5.2), and none. */
export const CODE_REFUSED: readonly LoginRefusal[] = [
  ofCode(
    [400, { error: 'invalid_grant' }],
    [
      502,
      'PROVIDER_ERROR',
      `${REFUSED} does not accept the code that it sent with your browser (\`invalid_grant\`). ${NEW_LOGIN}`,
    ],
    'HTTP 400 invalid_grant',
  ),
  ofCode(
    [401, { error: 'invalid_client' }],
    [502, 'PROVIDER_ERROR', CLIENT_REFUSED],
    'HTTP 401 invalid_client, then HTTP 401 invalid_client',
  ),
  ofCode(
    [400, { error: 'unauthorized_client' }],
    [502, 'PROVIDER_ERROR', CLIENT_REFUSED],
    'HTTP 400 unauthorized_client, then HTTP 400 unauthorized_client',
  ),
  ofCode(
    [403, { error: 'access_denied' }],
    [502, 'PROVIDER_ERROR', `${REFUSED} does not let you in (\`access_denied\`). Ask its administrator for access.`],
    'HTTP 403 access_denied',
  ),
  ofCode(
    [400, { error: 'invalid_request' }],
    [
      502,
      'PROVIDER_ERROR',
      `${REFUSED} does not accept the request that Mooring makes for tokens (\`invalid_request\`). ${COMPARE}`,
    ],
    'HTTP 400 invalid_request',
  ),
  ofCode(
    [400, { error: 'made_up' }],
    [502, 'PROVIDER_ERROR', `${REFUSED} answered with an error (\`made_up\`). ${NEW_LOGIN}`],
    'HTTP 400 made_up',
  ),
  ofCode(
    [400, { error: 'A sentence, where the error code belongs.' }],
    [502, 'PROVIDER_ERROR', `${REFUSED} answered with an error. ${NEW_LOGIN}`],
    'HTTP 400 an unknown error code, then HTTP 400 an unknown error code',
  ),
  ofCode([503, ''], UNAVAILABLE, 'HTTP 503'),
  ofCode([429, ''], UNAVAILABLE, 'HTTP 429'),
  ofCode([400, { error: 'temporarily_unavailable' }], UNAVAILABLE, 'HTTP 400 temporarily_unavailable'),
  ofCode(
    [400, ''],
    [
      502,
      'PROVIDER_ERROR',
      "The OpenID provider's token answer can't be used: it is HTTP 400 without an error code. An administrator should check the provider.",
    ],
    'token answer: it is HTTP 400 without an error code',
  ),
  ofCode(
    [200, '<html>'],
    [
      502,
      'PROVIDER_ERROR',
      "The OpenID provider's token answer can't be used: it is not a JSON object. An administrator should check the provider.",
    ],
    'token answer: it is not a JSON object',
  ),
  {
    ...{ what: 'the token endpoint breaks the connection', page: UNAVAILABLE },
    misbehaviour: {
      answer: (endpoint, request) => endpoint === 'token' && Boolean(request.socket.destroy()),
    },
    audit: ['FAILED', 'PROVIDER_UNAVAILABLE', 'UND_ERR_SOCKET'],
  },
];

const CHECK_PROVIDER = 'An administrator should check the provider.';

/** Answers of which one member can't be used; each kind once: `named-faults.e2e-spec.ts` has more members. */
export const MEMBER_FAULTS: readonly LoginRefusal[] = [
  ofMember(
    'the token answer has no ID token',
    { tokens: (honest) => ({ ...honest, id_token: null }) },
    `The OpenID provider's token answer can't be used: \`id_token\` is missing. ${CHECK_PROVIDER}`,
    'token answer: id_token is missing',
  ),
  ofMember(
    'the ID token has a number as subject',
    { claims: (honest) => ({ ...honest, sub: 10023 }) },
    `The OpenID provider's ID token can't be used: \`sub\` is a number, not a text. ${CHECK_PROVIDER}`,
    'ID token: sub is a number, not a text',
  ),
  ofMember(
    'the ID token has expired',
    { claims: (honest) => ({ ...honest, exp: 1 }) },
    "The OpenID provider's ID token is not valid at this time (`exp`). An administrator should compare the clocks of both servers.",
    'ID token: exp is not valid at this time',
    'exp differs from our time by',
  ),
  ofMember(
    'the ID token is signed by HS256',
    { sign: (claims) => signWithSecret(claims, 'a shared secret of thirty-two characters') },
    'The OpenID provider signed the ID token by HS256, which is symmetric or not in its discovery document. An administrator should choose a signing key for this client at the provider, such as one for RS256.',
    'ID token: alg is HS256',
  ),
  ofMember(
    'the key set can not be used',
    { keys: () => ({ keys: [null] }) },
    `The OpenID provider's key set can't be used: a key in it is not valid. ${NEW_LOGIN}`,
    'key set: a key in it is not valid',
  ),
  ofMember(
    'the browser comes back with another issuer',
    { callback: (back) => back.set('iss', 'https://other.example') },
    `The OpenID provider sent the browser back with an answer that can't be used: \`iss\` is not the configured issuer. ${NEW_LOGIN}`,
    'authorization answer: iss is not the configured issuer',
  ),
  {
    ...{ what: 'the key set does not come', page: UNAVAILABLE },
    misbehaviour: {
      answer: (endpoint, _request, response) => endpoint === 'keys' && Boolean(response.writeHead(503).end()),
    },
    audit: ['FAILED', 'PROVIDER_UNAVAILABLE', 'key set: HTTP 503'],
  },
  {
    ...{ what: 'the discovery document does not come', page: UNAVAILABLE },
    misbehaviour: {
      answer: (endpoint, _request, response) => endpoint === 'discovery' && Boolean(response.writeHead(503).end()),
    },
    audit: ['FAILED', 'PROVIDER_UNAVAILABLE', 'HTTP 503'],
  },
];

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
