import { Misbehaviour, signWithSecret } from './hostile-provider.js';
import type { LoginRefusal } from './login-refusals.js';

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

/** A token endpoint that refuses the first method of client authentication each time, and the code with it. */
const spendingCodes = (): Misbehaviour => {
  const spent = new Set<string>();
  return {
    answer: (endpoint, _request, response, { form }) => {
      if (endpoint !== 'token') return false;
      const code = String(form.get('code'));
      const [status, error] = spent.has(code) ? [400, 'invalid_grant'] : [401, 'invalid_client'];
      spent.add(code);
      return Boolean(response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error })));
    },
  };
};

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
  {
    what: 'the token endpoint redirects',
    misbehaviour: {
      answer: (endpoint, _request, response) =>
        endpoint === 'token' && Boolean(response.writeHead(302, { location: '/elsewhere' }).end()),
    },
    page: [
      502,
      'PROVIDER_ERROR',
      'The OpenID provider answered with a redirect. An administrator should check the OIDC endpoint.',
    ],
    audit: ['REFUSED', 'PROVIDER_ERROR', 'HTTP 302'],
  },
  {
    what: 'the code was spent by client authentication, twice',
    misbehaviour: spendingCodes(),
    page: [
      502,
      'PROVIDER_ERROR',
      'The OpenID provider ended the login while Mooring tried how to authenticate itself there. Log in again.',
    ],
    audit: ['REFUSED', 'PROVIDER_ERROR', 'HTTP 401 invalid_client, then HTTP 400 invalid_grant'],
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
  ofMember(
    'userinfo is about another person',
    { userinfo: (honest) => ({ ...honest, sub: 'somebody-else' }) },
    `The OpenID provider's userinfo is about another person than its ID token (\`sub\`). ${NEW_LOGIN}`,
    'userinfo: another sub',
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
