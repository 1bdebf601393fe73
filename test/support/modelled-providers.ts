import { IncomingMessage, ServerResponse } from 'node:http';
import { Asked, Endpoint, HOSTILE_CLIENT_SECRET, Misbehaviour } from './hostile-provider.js';

const PAGE = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };
const ALLOWED_SCOPES = ['openid', 'profile', 'email', 'groups', 'offline_access'];

/** How a kind of provider answers questions without a login, as real ones were seen to. */
export interface ProviderKind {
  /** What it answers to a client or redirect URI that it does not know. */
  readonly unknown: 'PAGE_400' | 'PAGE_HERE' | 'PAGE_ELSEWHERE' | 'LOGIN_PAGE';
  /** What it answers to `prompt=none` without a session. */
  readonly withoutSession: 'LOGIN_REQUIRED' | 'LOGIN_PAGE';
  /** What it answers to a scope that the client may not have. */
  readonly scope: 'INVALID_SCOPE' | 'IGNORED';
  /** How it refuses a made-up code or refresh token, and a wrong secret. */
  readonly token: 'CLIENT_FIRST' | 'CODE_FIRST' | 'SENTENCES' | 'ALIKE' | 'UNAUTHORIZED';
  /** The method of client authentication that the client is registered for. */
  readonly method: 'client_secret_basic' | 'client_secret_post';
}

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
  'that answers everything alike': {
    ...{ unknown: 'LOGIN_PAGE', withoutSession: 'LOGIN_PAGE', scope: 'IGNORED' },
    ...{ token: 'ALIKE', method: 'client_secret_basic' },
  },
};

/** A provider of a kind, with a registration that knows this redirect URI. */
export function modelled(kind: ProviderKind, fault: Fault, redirectUri: string): Misbehaviour {
  const registration = {
    clientId: fault === 'the client id' ? 'another' : 'mooring',
    redirectUri: fault === 'the redirect URI' ? `${redirectUri}/old` : redirectUri,
    secret: fault === 'the client secret' ? 'another' : HOSTILE_CLIENT_SECRET,
    scopes: fault === 'the scope' ? ['openid', 'profile', 'email'] : ALLOWED_SCOPES,
  };
  const provider = new ModelledProvider(kind, registration);
  return { answer: (endpoint, request, response, asked) => provider.answer(endpoint, request, response, asked) };
}

interface Registration {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly secret: string;
  readonly scopes: readonly string[];
}

class ModelledProvider {
  constructor(
    private readonly kind: ProviderKind,
    private readonly registered: Registration,
  ) {}

  /** Answers where an honest provider that logs everybody in would not; returns whether it did. */
  answer(endpoint: Endpoint, _request: IncomingMessage, response: ServerResponse, asked: Asked): boolean {
    if (endpoint === 'authorize') return this.authorize(response, asked.form);
    return endpoint === 'token' && this.token(response, asked);
  }

  private authorize(response: ServerResponse, query: URLSearchParams): boolean {
    const isKnown =
      query.get('client_id') === this.registered.clientId && query.get('redirect_uri') === this.registered.redirectUri;
    const isQuestion = query.get('prompt') === 'none';
    if (!isKnown) return this.refuseUnknown(response, query);
    const scopes = (query.get('scope') ?? '').split(' ');
    if (this.kind.scope === 'INVALID_SCOPE' && !scopes.every((one) => this.registered.scopes.includes(one))) {
      return sendBack(response, query, 'invalid_scope', 'offline_access is not allowed for this client');
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
    const [status, error] = this.refusal(isRefresh, isMadeUp, isClient);
    response.writeHead(status, JSON_TYPE).end(JSON.stringify({ error }));
    return true;
  }

  private refusal(isRefresh: boolean, isMadeUp: boolean, isClient: boolean): [number, string] {
    const { token } = this.kind;
    if (token === 'ALIKE') return [400, 'invalid_grant'];
    if (token === 'UNAUTHORIZED') return [400, isClient || !isRefresh ? 'unauthorized_client' : 'invalid_client'];
    if (token === 'SENTENCES') return isClient ? [400, 'Invalid authorization code'] : [401, 'Invalid client secret'];
    if (token === 'CODE_FIRST' && isMadeUp && !isRefresh) return [400, 'invalid_grant'];
    return isClient ? [400, 'invalid_grant'] : [401, 'invalid_client'];
  }

  private accepts(form: URLSearchParams, authorization: string | undefined): boolean {
    const { clientId, secret } = this.registered;
    if (this.kind.method === 'client_secret_post') {
      return form.get('client_id') === clientId && form.get('client_secret') === secret;
    }
    return authorization === `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
  }
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
