import { randomBytes } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Asked, Endpoint, HOSTILE_CLIENT_SECRET, Misbehaviour } from './hostile-provider.js';

const PAGE = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };
const ALLOWED_SCOPES = ['openid', 'profile', 'email', 'groups', 'offline_access'];

type TokenKind =
  | 'CLIENT_FIRST'
  | 'CLIENT_FIRST_400'
  | 'CLIENT_DENIED'
  | 'CODE_FIRST'
  | 'SENTENCES'
  | 'SENTENCES_401'
  | 'ALIKE'
  | 'ALIKE_IF_MADE_UP'
  | 'TRACES'
  | 'UNAUTHORIZED'
  | 'SLOW_DOWN';

/** How a kind of provider answers questions without a login, as real ones were seen to. */
export interface ProviderKind {
  /** What it answers to a client or redirect URI that it does not know. */
  readonly unknown: 'PAGE_400' | 'PAGE_HERE' | 'PAGE_ELSEWHERE' | 'LOGIN_PAGE';
  /** What it answers to `prompt=none` without a session. */
  readonly withoutSession: 'LOGIN_REQUIRED' | 'LOGIN_PAGE';
  /** What it answers to a scope that the client may not have. */
  readonly scope: 'INVALID_SCOPE' | 'IGNORED';
  /** How it refuses a made-up code or refresh token, and a wrong secret. */
  readonly token: TokenKind;
  /** Whether it takes pushed authorization requests, which the document then names. */
  readonly pushed?: true;
  /** The method of client authentication that the client is registered for. */
  readonly method: 'client_secret_basic' | 'client_secret_post';
  /** The scopes that it announces and that the client may have; by default the usual ones. */
  readonly scopes?: readonly string[];
  /** What it says of a scope that the client may not have; by default it names one. */
  readonly scopeWords?: string;
  /** Other members of its discovery document; undefined takes one away. */
  readonly document?: Readonly<Record<string, unknown>>;
}

/** What was asked at the token endpoint. */
interface TokenQuestion {
  readonly isRefresh: boolean;
  /** Whether it is about a code or refresh token of the provider test. */
  readonly isMadeUp: boolean;
  /** Whether client id and secret are right. */
  readonly isClient: boolean;
  /** Whether it is the first of two. */
  readonly isFirst: boolean;
}

const clientFirst = (isClient: boolean): [number, string] =>
  isClient ? [400, 'invalid_grant'] : [401, 'invalid_client'];

/** The status and error of each kind. */
const REFUSALS: Readonly<Record<TokenKind, (asked: TokenQuestion) => [number, string]>> = {
  CLIENT_FIRST: ({ isClient }) => clientFirst(isClient),
  CLIENT_FIRST_400: ({ isClient }) => [400, isClient ? 'invalid_grant' : 'invalid_client'],
  CLIENT_DENIED: ({ isClient }) => (isClient ? [403, 'invalid_grant'] : [401, 'access_denied']),
  CODE_FIRST: ({ isClient, isMadeUp, isRefresh }) => clientFirst(isClient || (isMadeUp && !isRefresh)),
  SENTENCES: ({ isClient }) => (isClient ? [400, 'Invalid authorization code'] : [401, 'Invalid client secret']),
  SENTENCES_401: ({ isClient }) => [401, isClient ? 'Unknown code or token' : 'Invalid client secret'],
  ALIKE: () => [400, 'invalid_grant'],
  ALIKE_IF_MADE_UP: ({ isClient, isMadeUp }) => clientFirst(isClient || isMadeUp),
  TRACES: ({ isMadeUp }) => (isMadeUp ? [400, `trace_${randomBytes(4).toString('hex')}`] : [401, 'invalid_client']),
  UNAUTHORIZED: ({ isClient, isRefresh }) => [400, isClient || !isRefresh ? 'unauthorized_client' : 'invalid_client'],
  SLOW_DOWN: ({ isClient, isFirst }) => [400, isClient || !isFirst ? 'invalid_grant' : 'slow_down'],
};

/** What is wrong in Mooring's settings or in the registration. */
export type Fault = 'nothing' | 'the redirect URI' | 'the client id' | 'the scope' | 'the client secret';

/** Kinds of providers, by the products that were seen to answer so. */
export const PROVIDER_KINDS: Readonly<Record<string, ProviderKind>> = {
  'like Keycloak': {
    ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_REQUIRED', scope: 'INVALID_SCOPE' },
    ...{ token: 'CLIENT_FIRST', method: 'client_secret_basic' },
  },
  'like dex': {
    ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_PAGE', scope: 'INVALID_SCOPE' },
    ...{ token: 'CLIENT_FIRST', method: 'client_secret_basic' },
  },
  'like Authelia': {
    ...{ unknown: 'PAGE_HERE', withoutSession: 'LOGIN_REQUIRED', scope: 'INVALID_SCOPE' },
    ...{ token: 'CLIENT_FIRST', method: 'client_secret_basic' },
  },
  'like Hydra': {
    ...{ unknown: 'PAGE_ELSEWHERE', withoutSession: 'LOGIN_REQUIRED', scope: 'INVALID_SCOPE' },
    ...{ token: 'CLIENT_FIRST', method: 'client_secret_post' },
  },
  'like canaille': {
    ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_REQUIRED', scope: 'IGNORED' },
    ...{ token: 'CODE_FIRST', method: 'client_secret_basic' },
  },
  'like Gitea': {
    ...{ unknown: 'LOGIN_PAGE', withoutSession: 'LOGIN_PAGE', scope: 'IGNORED' },
    ...{ token: 'UNAUTHORIZED', method: 'client_secret_post' },
  },
  'like Pocket ID': {
    ...{ unknown: 'LOGIN_PAGE', withoutSession: 'LOGIN_PAGE', scope: 'IGNORED' },
    ...{ token: 'SENTENCES', method: 'client_secret_post' },
  },
  'like Authentik': {
    ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_REQUIRED', scope: 'IGNORED' },
    ...{ token: 'CLIENT_FIRST_400', method: 'client_secret_basic' },
  },
  'like Auth0': {
    ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_REQUIRED', scope: 'IGNORED' },
    ...{ token: 'CLIENT_DENIED', method: 'client_secret_post' },
  },
  'that answers everything alike': {
    ...{ unknown: 'LOGIN_PAGE', withoutSession: 'LOGIN_PAGE', scope: 'IGNORED' },
    ...{ token: 'ALIKE', method: 'client_secret_basic' },
  },
  'that refuses codes by sentences under 401': {
    ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_PAGE', scope: 'IGNORED' },
    ...{ token: 'SENTENCES_401', method: 'client_secret_basic' },
  },
  'that answers everything alike, with a trace in its errors': {
    ...{ unknown: 'PAGE_HERE', withoutSession: 'LOGIN_REQUIRED', scope: 'INVALID_SCOPE' },
    ...{ token: 'TRACES', method: 'client_secret_post' },
  },
  'that asks to slow down after a wrong secret': {
    ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_PAGE', scope: 'INVALID_SCOPE' },
    ...{ token: 'SLOW_DOWN', method: 'client_secret_basic' },
  },
  'that takes pushed requests by the method that is tried last': {
    ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_REQUIRED', scope: 'INVALID_SCOPE' },
    ...{ token: 'ALIKE_IF_MADE_UP', method: 'client_secret_post', pushed: true },
  },
  'that takes pushed requests': {
    ...{ unknown: 'PAGE_400', withoutSession: 'LOGIN_PAGE', scope: 'INVALID_SCOPE' },
    ...{ token: 'CODE_FIRST', method: 'client_secret_basic', pushed: true },
  },
};

/** A provider of a kind, with a registration that knows this redirect URI. */
export function modelled(kind: ProviderKind, fault: Fault, redirectUri: string): Misbehaviour {
  const registration = {
    clientId: fault === 'the client id' ? 'another' : 'mooring',
    redirectUri: fault === 'the redirect URI' ? `${redirectUri}/old` : redirectUri,
    secret: fault === 'the client secret' ? 'another' : HOSTILE_CLIENT_SECRET,
    scopes: fault === 'the scope' ? ['openid', 'profile', 'email'] : (kind.scopes ?? ALLOWED_SCOPES),
  };
  const provider = new ModelledProvider(kind, registration);
  return {
    answer: (endpoint, request, response, asked) => provider.answer(endpoint, request, response, asked),
    document: (honest) => {
      const endpoint = { pushed_authorization_request_endpoint: `${String(honest.issuer)}/par` };
      const scopes = { scopes_supported: kind.scopes ?? ALLOWED_SCOPES };
      return { ...honest, ...scopes, ...(kind.pushed && endpoint), ...kind.document };
    },
  };
}

interface Registration {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly secret: string;
  readonly scopes: readonly string[];
}

class ModelledProvider {
  private refused = 0;

  constructor(
    private readonly kind: ProviderKind,
    private readonly registered: Registration,
  ) {}

  /** Answers where an honest provider that logs everybody in would not; returns whether it did. */
  answer(endpoint: Endpoint, _request: IncomingMessage, response: ServerResponse, asked: Asked): boolean {
    if (endpoint === 'authorize') return this.authorize(response, asked.form);
    if (endpoint === 'par') return this.push(response, asked);
    return endpoint === 'token' && this.token(response, asked);
  }

  private push(response: ServerResponse, { form, authorization }: Asked): boolean {
    const { redirectUri, scopes } = this.registered;
    const isAllowed = (form.get('scope') ?? '').split(' ').every((one) => scopes.includes(one));
    if (!this.accepts(form, authorization)) return told(response, 401, { error: 'invalid_client' });
    if (form.get('redirect_uri') !== redirectUri) return told(response, 400, { error: 'invalid_request' });
    if (!isAllowed) return told(response, 400, { error: 'invalid_scope' });
    return told(response, 201, { request_uri: 'urn:ietf:params:oauth:request_uri:private', expires_in: 60 });
  }

  private authorize(response: ServerResponse, query: URLSearchParams): boolean {
    const isKnown =
      query.get('client_id') === this.registered.clientId && query.get('redirect_uri') === this.registered.redirectUri;
    const isQuestion = query.get('prompt') === 'none';
    if (!isKnown) return this.refuseUnknown(response, query);
    const scopes = (query.get('scope') ?? '').split(' ');
    if (this.kind.scope === 'INVALID_SCOPE' && !scopes.every((one) => this.registered.scopes.includes(one))) {
      const words = this.kind.scopeWords ?? 'offline_access is not allowed for this client';
      return sendBack(response, query, 'invalid_scope', words);
    }
    if (!isQuestion) return false;
    if (this.kind.withoutSession === 'LOGIN_REQUIRED') return sendBack(response, query, 'login_required');
    return page(response, 200);
  }

  private refuseUnknown(response: ServerResponse, query: URLSearchParams): boolean {
    const { unknown } = this.kind;
    if (unknown === 'PAGE_400') return page(response, 400);
    if (unknown === 'PAGE_HERE') return redirect(response, '/consent/completion?error=invalid_request');
    if (unknown === 'PAGE_ELSEWHERE') return redirect(response, 'https://errors.example/?error=invalid_request');
    // A provider that asks for the login first refuses after it.
    return page(response, query.get('prompt') === 'none' ? 200 : 400);
  }

  private token(response: ServerResponse, { form, authorization }: Asked): boolean {
    const isRefresh = form.get('grant_type') === 'refresh_token';
    const isMadeUp = isRefresh || (form.get('code') ?? '').startsWith('mooring-test');
    const isClient = this.accepts(form, authorization);
    if (!isMadeUp && isClient) return false;
    const [status, error] = REFUSALS[this.kind.token]({
      isRefresh,
      isMadeUp,
      isClient,
      isFirst: this.refused++ % 2 === 0,
    });
    return told(response, status, { error });
  }

  private accepts(form: URLSearchParams, authorization: string | undefined): boolean {
    const { clientId, secret } = this.registered;
    if (this.kind.method === 'client_secret_post') {
      return form.get('client_id') === clientId && form.get('client_secret') === secret;
    }
    return authorization === `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
  }
}

function told(response: ServerResponse, status: number, body: object): boolean {
  response.writeHead(status, JSON_TYPE).end(JSON.stringify(body));
  return true;
}

function page(response: ServerResponse, status: number): boolean {
  response.writeHead(status, PAGE).end('<!doctype html><title>Log in</title>');
  return true;
}

function redirect(response: ServerResponse, location: string): boolean {
  response.writeHead(302, { location }).end();
  return true;
}

function sendBack(response: ServerResponse, query: URLSearchParams, error: string, description?: string): boolean {
  const back = new URL(query.get('redirect_uri') ?? '');
  back.searchParams.set('error', error);
  if (description !== undefined) back.searchParams.set('error_description', description);
  back.searchParams.set('state', query.get('state') ?? '');
  return redirect(response, back.href);
}
