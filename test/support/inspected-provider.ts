import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SecretText } from '../../src/common/crypto/secret-text.js';
import { Clock } from '../../src/common/runtime/clock.js';
import { InspectedSettings, inspectProvider, isOk } from '../../src/oidc/inspection/provider-inspection.js';

/** More than any busy machine needs. */
const AMPLE_MS = 120_000;

/** A request that a provider got. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

/** How an endpoint answers. */
export type Handler = (asked: Asked, response: ServerResponse) => void;

/** Sends JSON. */
export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Sends the browser to the redirect URI of its request. */
export function back(asked: Asked, response: ServerResponse, parameters: Record<string, string>): void {
  const url = new URL(asked.query.get('redirect_uri') ?? '');
  const own = { state: asked.query.get('state') ?? '', ...parameters };
  url.search = new URLSearchParams(own).toString();
  response.writeHead(302, { location: url.href }).end();
}

/** A provider for the provider test: each endpoint answers as a spec says. */
export class InspectedProvider {
  readonly asked: Asked[] = [];
  readonly handlers = new Map<string, Handler>();
  /** Changes of the discovery document. */
  document: Record<string, unknown> = {};
  /** Whether the discovery document is refused to a request. */
  forbidden: (asked: Asked) => boolean = () => false;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<InspectedProvider> {
    const provider = new InspectedProvider();
    provider.server.listen(0, '127.0.0.1');
    await once(provider.server, 'listening');
    provider.handlers.set('/keys', (_asked, response) => json(response, { keys: [{ kty: 'RSA', use: 'sig' }] }));
    provider.handlers.set('/authorize', (_asked, response) => void response.end('<p>Log in</p>'));
    provider.handlers.set('/token', (_asked, response) => json(response, { error: 'invalid_grant' }, 400));
    return provider;
  }

  get issuer(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** What was asked at a path, oldest first. */
  at(path: string): Asked[] {
    return this.asked.filter((one) => one.path === path);
  }

  /** The report of this provider, with the usual settings or changes of them. */
  async inspect(changes: Partial<InspectedSettings> = {}, stepDeadlineMs = AMPLE_MS) {
    const settings: InspectedSettings = {
      ...{ issuer: this.issuer, clientId: 'mooring', clientSecret: new SecretText('right client secret') },
      ...{ redirectUri: 'https://mooring.example/c/oidc/callback', scopes: ['openid', 'offline_access'] },
      ...{ groupsClaim: null, groupsKeptHours: 24, userClaim: null, logout: false },
      ...{ verifyCertificate: true, caCertificates: null, ...changes },
    };
    const checks = await inspectProvider(settings, new Clock(), stepDeadlineMs);
    return { checks, ok: isOk(checks), of: (name: string) => checks.find((one) => String(one.name) === name)! };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const { pathname: path, searchParams: query } = new URL(String(request.url), this.issuer);
    const form = new URLSearchParams(await text(request));
    const asked = { path, query, form, headers: request.headers };
    this.asked.push(asked);
    if (path === '/.well-known/openid-configuration') {
      return json(response, this.published(), this.forbidden(asked) ? 403 : 200);
    }
    const handler = this.handlers.get(path);
    if (handler) handler(asked, response);
    else response.writeHead(404).end();
  }

  private published(): Record<string, unknown> {
    const { issuer } = this;
    const endpoints = {
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    };
    return { issuer, ...endpoints, scopes_supported: ['openid', 'offline_access'], ...this.document };
  }
}
