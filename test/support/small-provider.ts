import { exportJWK, generateKeyPair, JWTPayload, SignJWT } from 'jose';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SecretText } from '../../src/common/crypto/secret-text.js';
import type { ProviderSettings } from '../../src/oidc/provider/provider-settings.js';

/** The values that a login starts with and its callback is checked against. */
export const checks = { state: 'the-state', nonce: 'the-nonce', pkceVerifier: 'v'.repeat(43) };

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** A minimal provider that can lie in every response. */
export class SmallProvider {
  readonly asked: { path: string; authorization?: string; form: URLSearchParams }[] = [];
  readonly answers = new Map<string, () => Answer | Promise<Answer>>();
  readonly server: Server;
  issuer = '';
  kid = 'first';
  key!: Awaited<ReturnType<typeof generateKeyPair>>;

  constructor() {
    this.server = createServer((request, response) => {
      void this.answerTo(request).then(({ status = 200, headers = {}, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
  }

  /** Starts it, as an honest provider. */
  async start(): Promise<void> {
    await this.rotate('first');
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    this.issuer = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    this.answers.set('/.well-known/openid-configuration', () => ({ body: this.document() }));
    this.answers.set('/keys', async () => ({ body: { keys: [await this.publicKey()] } }));
    this.answers.set('/userinfo', () => ({ body: { sub: 'lin-1', email: 'lin@example.com' } }));
    this.issues(() => this.idToken());
  }

  /** Stops it and closes all connections. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Its discovery document. */
  document() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'],
    } as Record<string, unknown>;
  }

  /** Makes the token endpoint issue the token that `make` returns. */
  issues(make: () => string | undefined | Promise<string | undefined>): void {
    this.answers.set('/token', async () => ({
      body: { token_type: 'Bearer', access_token: 'at', refresh_token: 'rt', id_token: await make() },
    }));
  }

  /** The claims of an ID token, with changes. */
  claims(changes: JWTPayload = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    const own = { iss: this.issuer, aud: 'mooring', sub: 'lin-1', nonce: checks.nonce, iat: now, exp: now + 300 };
    return { ...own, preferred_username: 'lin', groups: ['crew'], ...changes };
  }

  /** An ID token, signed with the current key or another one. */
  idToken(changes: JWTPayload = {}, key = this.key.privateKey): Promise<string> {
    return new SignJWT(this.claims(changes)).setProtectedHeader({ alg: 'ES256', kid: this.kid }).sign(key);
  }

  /** Replaces the signing key. */
  async rotate(kid: string): Promise<void> {
    this.kid = kid;
    this.key = await generateKeyPair('ES256', { extractable: true });
  }

  /** The settings of an installation for this provider. */
  settings(changes: Partial<ProviderSettings> = {}): ProviderSettings {
    return {
      issuer: this.issuer,
      clientId: 'mooring',
      clientSecret: new SecretText('s-e_c.r~e t!'),
      scopes: ['openid', 'email'],
      groupsClaim: 'groups',
      userClaim: null,
      verifyCertificate: true,
      caCertificates: null,
      extraRedirectParameters: [],
      redirectUri: 'https://mooring.example/c/oidc/callback',
      ...changes,
    };
  }

  /** The number of requests for a path so far. */
  timesAsked(path: string): number {
    return this.asked.filter((request) => request.path === path).length;
  }

  private async publicKey() {
    return { ...(await exportJWK(this.key.publicKey)), kid: this.kid, alg: 'ES256', use: 'sig' };
  }

  private async answerTo(request: IncomingMessage): Promise<Answer> {
    const path = String(request.url);
    const { authorization } = request.headers;
    this.asked.push({ path, authorization, form: new URLSearchParams(await text(request)) });
    return (await this.answers.get(path)?.()) ?? { status: 404, body: {} };
  }
}

/** The URL to which the provider redirects a browser back. */
export function callback(parameters: Record<string, string> = {}): URL {
  const query = new URLSearchParams({ code: 'the-code', state: checks.state, ...parameters });
  return new URL(`http://behind-a-proxy:8080/c/oidc/callback?${query.toString()}`);
}
