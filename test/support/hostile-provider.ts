import { CompactSign, exportJWK, exportSPKI, generateKeyPair, JWK, JWTPayload } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The secret of the only client. */
export const HOSTILE_CLIENT_SECRET = 'provider-client-secret';
const CLIENT_ID = 'mooring';
const LIFE_SECONDS = 300;
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const JSON_TYPE = { 'content-type': 'application/json' };
const WELL_KNOWN = '.well-known/openid-configuration';

type Json = Record<string, unknown>;
const ENDPOINTS = [
  'discovery',
  'keys',
  'authorize',
  'token',
  'userinfo',
  'end-session',
  'par',
  'revoke',
  'login',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];
/** The paths of endpoints that are not below their issuer. */
export type EndpointPaths = Readonly<Partial<Record<Endpoint, string>>>;

/** A key pair of the provider, which signs tokens. */
export class SigningPair {
  private constructor(
    readonly kid: string,
    readonly algorithm: string,
    readonly publicJwk: JWK,
    readonly publicPem: string,
    private readonly privateKey: CryptoKey,
  ) {}

  static async make(kid: string, algorithm = 'RS256'): Promise<SigningPair> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: algorithm };
    return new SigningPair(kid, algorithm, jwk, await exportSPKI(publicKey), privateKey);
  }

  /** A token with these claims; the header may contain false values. */
  sign(claims: unknown, header: Json = {}): Promise<string> {
    return signed(claims, { alg: this.algorithm, kid: this.kid, ...header }, this.privateKey);
  }
}

/** Signs with a shared secret. */
export function signWithSecret(claims: unknown, secret: string, header: Json = {}): Promise<string> {
  return signed(claims, { alg: 'HS256', ...header }, new TextEncoder().encode(secret));
}

/** An unsigned token (RFC 7519, section 6). */
export function unsigned(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

async function signed(claims: unknown, header: Json, key: CryptoKey | Uint8Array): Promise<string> {
  const payload = new TextEncoder().encode(typeof claims === 'string' ? claims : JSON.stringify(claims));
  const without = Object.fromEntries(Object.entries(header).filter(([, value]) => value !== undefined));
  return new CompactSign(payload).setProtectedHeader(without as { alg: string }).sign(key);
}

/** The differences of an issuer from an honest one; anything left out is correct. */
export interface Misbehaviour {
  readonly document?: (honest: Json) => unknown;
  readonly keys?: (honest: readonly JWK[]) => unknown;
  /** Changes the parameters with which the browser returns from the login. */
  readonly callback?: (parameters: URLSearchParams) => void;
  readonly claims?: (honest: JWTPayload) => unknown;
  readonly sign?: (claims: unknown, pair: SigningPair) => string | Promise<string>;
  readonly tokens?: (honest: Json, form: URLSearchParams) => unknown;
  readonly userinfo?: (honest: Json) => unknown;
  /** Issues tokens for any code, with or without a PKCE verifier. */
  readonly ignoresPkce?: boolean;
  /** Changes the parameters with which the browser returns from the logout. */
  readonly loggedOut?: (parameters: URLSearchParams) => void;
  /** Responds instead of an endpoint; returns whether it did. */
  readonly answer?: (endpoint: Endpoint, request: IncomingMessage, response: ServerResponse, asked: Asked) => boolean;
}

/** A request that an issuer has received. */
export interface Asked {
  readonly endpoint: Endpoint;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

interface Code {
  readonly nonce: string;
  readonly challenge: string;
}

/** One issuer of the provider: a person, a session of theirs, and a misbehaviour. */
export class HostileIssuer {
  readonly asked: Asked[] = [];
  /** The user that browsers are logged in as; also sent as `preferred_username`. */
  readonly username: string;
  sessionId = randomBytes(8).toString('hex');
  /** The key that signs; tests may rotate it, and the published ones. */
  pair: SigningPair;
  published: SigningPair[];
  private readonly codes = new Map<string, Code>();

  constructor(
    readonly url: string,
    pair: SigningPair,
    readonly misbehaviour: Misbehaviour,
    private readonly now: () => Date,
    private readonly paths: EndpointPaths = {},
  ) {
    this.username = new URL(url).pathname.slice(1);
    this.pair = pair;
    this.published = [pair];
  }

  /** The URL of an endpoint: below the issuer, unless it has a path of its own. */
  urlOf(endpoint: Endpoint): string {
    const path = this.paths[endpoint];
    if (path !== undefined) return new URL(path, this.url).href;
    return `${this.url.replace(/\/$/, '')}/${endpoint === 'discovery' ? WELL_KNOWN : endpoint}`;
  }

  get subject(): string {
    return `sub-${this.username}`;
  }

  timesAsked(endpoint: Endpoint): number {
    return this.asked.filter((one) => one.endpoint === endpoint).length;
  }

  /** A logout token for this issuer's session, valid except for the changes. */
  logoutClaims(changes: Json = {}): Json {
    const event = { [LOGOUT_EVENT]: {} };
    const { iss, aud, sub, iat } = this.times();
    const own = { iss, aud, sub, sid: this.sessionId, iat, exp: Number(iat) + 120, events: event };
    return { ...own, jti: randomBytes(8).toString('hex'), ...changes };
  }

  async answer(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const query = new URL(String(request.url), this.url).searchParams;
    const form = request.method === 'POST' ? new URLSearchParams(await text(request)) : query;
    const asked = { endpoint, form, authorization: request.headers.authorization };
    this.asked.push(asked);
    if (this.misbehaviour.answer?.(endpoint, request, response, asked)) return;
    if (endpoint === 'authorize') return this.authorize(form, response);
    if (endpoint === 'end-session') return this.endSession(form, response);
    const [status, body] =
      endpoint === 'userinfo' && !asked.authorization ? [401, {}] : await this.told(endpoint, form);
    response.setHeader('date', this.now().toUTCString());
    response.writeHead(status, JSON_TYPE).end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  private async told(endpoint: Endpoint, form: URLSearchParams): Promise<[number, unknown]> {
    const { document, keys, userinfo } = this.misbehaviour;
    if (endpoint === 'discovery') return [200, (document ?? same)(this.document())];
    if (endpoint === 'keys') return [200, (keys ?? inSet)(this.published.map(({ publicJwk }) => publicJwk))];
    if (endpoint === 'userinfo') return [200, (userinfo ?? same)(this.person())];
    return this.tokens(form);
  }

  private document(): Json {
    return {
      issuer: this.url,
      authorization_endpoint: this.urlOf('authorize'),
      token_endpoint: this.urlOf('token'),
      jwks_uri: this.urlOf('keys'),
      userinfo_endpoint: this.urlOf('userinfo'),
      end_session_endpoint: this.urlOf('end-session'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [this.pair.algorithm],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      backchannel_logout_supported: true,
    };
  }

  private person(): Json {
    return { sub: this.subject, preferred_username: this.username, email: `${this.username}@example.com` };
  }

  private times(): JWTPayload {
    const iat = Math.floor(this.now().getTime() / 1000);
    return { iss: this.url, aud: CLIENT_ID, sub: this.subject, iat, exp: iat + LIFE_SECONDS };
  }

  /** Logs the browser in at once and sends it back. */
  private authorize(query: URLSearchParams, response: ServerResponse): void {
    const code = randomBytes(12).toString('hex');
    this.codes.set(code, { nonce: query.get('nonce') ?? '', challenge: query.get('code_challenge') ?? '' });
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    this.misbehaviour.callback?.(back.searchParams);
    response.writeHead(302, { location: back.href }).end();
  }

  private endSession(query: URLSearchParams, response: ServerResponse): void {
    const back = new URL(query.get('post_logout_redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    this.misbehaviour.loggedOut?.(back.searchParams);
    response.writeHead(302, { location: back.href }).end();
  }

  private async tokens(form: URLSearchParams): Promise<[number, unknown]> {
    const code = form.get('code') ?? '';
    const begun = this.codes.get(code);
    this.codes.delete(code);
    const isRefresh = form.get('grant_type') === 'refresh_token';
    const isProven = begun && (this.misbehaviour.ignoresPkce === true || isAnswerTo(begun.challenge, form));
    if (!isRefresh && !isProven) return [400, { error: 'invalid_grant' }];
    const own = { ...this.times(), ...this.person(), sid: this.sessionId, ...(begun && { nonce: begun.nonce }) };
    const claims = (this.misbehaviour.claims ?? same)(own);
    const sign = this.misbehaviour.sign ?? ((what, pair: SigningPair) => pair.sign(what));
    const idToken = await sign(claims, this.pair);
    const life = { token_type: 'Bearer', expires_in: LIFE_SECONDS, refresh_token: randomBytes(12).toString('hex') };
    const answer = { access_token: randomBytes(12).toString('hex'), id_token: idToken, ...life };
    return [200, (this.misbehaviour.tokens ?? same)(answer, form)];
  }
}

/** An OpenID provider with one issuer, at its own path, for each misbehaviour. */
export class HostileProvider {
  private readonly issuers = new Map<string, HostileIssuer>();
  private readonly routes = new Map<string, readonly [HostileIssuer, Endpoint]>();

  private constructor(
    private readonly server: Server,
    readonly origin: string,
    /** The initial key of every issuer. */
    readonly pair: SigningPair,
    private readonly now: () => Date,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.answer(request, response));
  }

  /** @param now returns the time for its tokens */
  static async start(now: () => Date): Promise<HostileProvider> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return new HostileProvider(server, origin, await SigningPair.make('first'), now);
  }

  /** Opens an issuer at `/<name>`. */
  issuer(name: string, misbehaviour: Misbehaviour = {}): HostileIssuer {
    const issuer = new HostileIssuer(`${this.origin}/${name}`, this.pair, misbehaviour, this.now);
    this.issuers.set(name, issuer);
    return issuer;
  }

  /** Opens an issuer at any path, even an empty one or one that ends with a slash, as products have them. */
  issuerAt(path: string, misbehaviour: Misbehaviour = {}, paths: EndpointPaths = {}): HostileIssuer {
    const issuer = new HostileIssuer(`${this.origin}${path}`, this.pair, misbehaviour, this.now, paths);
    this.issuers.set(path, issuer);
    for (const endpoint of ENDPOINTS) this.routes.set(new URL(issuer.urlOf(endpoint)).pathname, [issuer, endpoint]);
    return issuer;
  }

  /** The issuer that was opened last. */
  get latest(): HostileIssuer {
    const issuer = [...this.issuers.values()].at(-1);
    if (!issuer) throw new Error('No issuer is open.');
    return issuer;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Listens at the same address again, after {@link close}. */
  async reopen(): Promise<void> {
    this.server.listen(Number(new URL(this.origin).port), '127.0.0.1');
    await once(this.server, 'listening');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const { pathname } = new URL(String(request.url), this.origin);
    const [issuer, endpoint] = this.routes.get(pathname) ?? this.byName(pathname);
    if (issuer) await issuer.answer(endpoint, request, response);
    else response.writeHead(404).end();
  }

  private byName(pathname: string): readonly [HostileIssuer | undefined, Endpoint] {
    const [, name = '', ...rest] = pathname.split('/');
    const path = rest.join('/');
    // An issuer without a path has only its own endpoints.
    return [name === '' ? undefined : this.issuers.get(name), path === WELL_KNOWN ? 'discovery' : (path as Endpoint)];
  }
}

function same<T>(value: T): unknown {
  return value;
}

function inSet(keys: readonly JWK[]): Json {
  return { keys };
}

// RFC 7636, section 4.6.
function isAnswerTo(challenge: string, form: URLSearchParams): boolean {
  const verifier = form.get('code_verifier') ?? '';
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}
