import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Provider, { type Interaction, type TokenContext } from 'oidc-provider';
import { providerStore } from './openid-provider-store.js';
import { giveBackKeys, ProviderKeys, takeKeys } from './provider-keys.js';

/** Somebody who can log in at the demo provider, by pressing a button: there are no passwords. */
export interface Person {
  readonly subject: string;
  /** Sent as `preferred_username`. */
  readonly username: string;
  readonly name: string;
  readonly email: string;
  /** Sent as `groups`, when that scope is asked for; undefined: the claim is left out. */
  groups?: string[] | string;
  /** Further claims, sent with every login, such as `{ realm_access: { roles: ['crew'] } }`. */
  claims?: Record<string, unknown>;
}

/** How the demo provider is set up. */
export interface OpenIdProviderOptions {
  /** A free one when left out. */
  readonly port?: number;
  readonly people: readonly Person[];
  /** The only client. */
  readonly client: {
    readonly id: string;
    readonly secret: string;
    /** How it proves itself; by `client_secret_post` when left out. */
    readonly authentication?: 'client_secret_basic' | 'client_secret_post' | 'none' | 'private_key_jwt';
    /** Where its keys are, for `private_key_jwt`. */
    readonly jwksUri?: string;
    readonly redirectUris: readonly string[];
    /** Where browsers may go after logging out here; none when left out. */
    readonly postLogoutRedirectUris?: readonly string[];
    /** Where logouts here are told of, with the session's id; nowhere when left out. */
    readonly backchannelLogoutUri?: string;
  };
  /** The algorithms of client assertions; those of the package when left out. */
  readonly assertionAlgorithms?: readonly string[];
  /** Whether requests must be pushed, or may be; they may when left out. */
  readonly pushedRequests?: 'required' | 'offered';
  /** The lives of the tokens, in seconds: five minutes and one when left out. */
  readonly idTokenSeconds?: number;
  readonly accessTokenSeconds?: number;
  /** Whether the ID token holds the claims, or userinfo alone; true when left out. */
  readonly claimsInIdToken?: boolean;
  /** The lives of logins (sessions, grants and refresh tokens), in seconds: a day when left out. */
  readonly loginSeconds?: number;
  /** The folder for its keys, logins and tokens, which the next provider there goes on with; in memory when left out. */
  readonly folder?: string;
}

/** A provider that runs. */
export interface RunningOpenIdProvider {
  readonly issuer: string;
  /** Who can log in, or refresh, from now on: change it at will. Names of extra claims are fixed at the start. */
  readonly people: Person[];
  /** How often a refresh token was used, whatever came of it. */
  readonly refreshes: { readonly succeeded: number; readonly refused: number };
  /** How many logouts were told of by the back channel and taken. */
  readonly logouts: { readonly told: number };
  /** Answers instead of the token endpoint from now on, for trying what happens then; undefined: nobody does. */
  atTokenEndpoint?: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  /** Answers instead of any other endpoint, in the same way. */
  atOtherEndpoints?: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const PAGE = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

/**
 * Starts a real OpenID provider on a loopback address: code flow with PKCE (S256), consent given by itself, refresh tokens
 * that rotate for who asks for `offline_access` with `prompt=consent`. Without a folder, its
 * sessions live as long as it does.
 */
export async function startOpenIdProvider(options: OpenIdProviderOptions): Promise<RunningOpenIdProvider> {
  const server = createServer();
  await listening(server, options.port ?? 0);
  const issuer = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  const people = options.people.map((person) => ({ ...person }));
  const { folder } = options;
  const keys = takeKeys(folder && join(folder, 'keys.json'));
  const provider = new Provider(issuer, configurationOf(options, people, keys));
  const answer = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const isInteraction = request.url?.startsWith('/interaction/') === true;
    const next = () => {
      const answered = isInteraction ? interact(provider, people, request, response) : answer(request, response);
      answered.catch((error: Error) => response.writeHead(400, PAGE).end(`<p>${escaped(error.message)}</p>`));
    };
    const instead = request.url === '/token' ? running.atTokenEndpoint : running.atOtherEndpoints;
    if (instead) instead(request, response, next);
    else next();
  });
  const refreshes = countedRefreshes(provider);
  const logouts = { told: 0 };
  provider.on('backchannel.success', () => void logouts.told++);
  const close = async () => {
    await closed(server);
    if (folder === undefined) giveBackKeys(keys);
  };
  const running: RunningOpenIdProvider = { issuer, people, refreshes, logouts, close };
  return running;
}

function countedRefreshes(provider: Provider) {
  const refreshes = { succeeded: 0, refused: 0 };
  const isRefresh = ({ oidc }: TokenContext) => oidc.params?.grant_type === 'refresh_token';
  provider.on('grant.success', (context) => void (isRefresh(context) && refreshes.succeeded++));
  provider.on('grant.error', (context) => void (isRefresh(context) && refreshes.refused++));
  return refreshes;
}

function configurationOf(options: OpenIdProviderOptions, people: Person[], keys: ProviderKeys): object {
  const { id, redirectUris, postLogoutRedirectUris = [], backchannelLogoutUri } = options.client;
  const told = { backchannel_logout_uri: backchannelLogoutUri, backchannel_logout_session_required: true };
  const extraClaims = people.flatMap(({ claims }) => Object.keys(claims ?? {}));
  const { folder, loginSeconds = 86_400 } = options;
  return {
    adapter: providerStore(folder && join(folder, 'store.jsonl')),
    jwks: { keys: [keys.signing] },
    clients: [
      {
        client_id: id,
        ...proofOf(options.client),
        redirect_uris: redirectUris,
        post_logout_redirect_uris: postLogoutRedirectUris,
        ...(backchannelLogoutUri !== undefined && told),
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    clientAuthMethods: [options.client.authentication ?? 'client_secret_post'],
    ...(options.assertionAlgorithms && { enabledJWA: { clientAuthSigningAlgValues: options.assertionAlgorithms } }),
    claims: {
      openid: ['sub', ...new Set(extraClaims)],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
      groups: ['groups'],
    },
    conformIdTokenClaims: options.claimsInIdToken === false,
    cookies: { keys: [keys.cookies] },
    features: {
      ...{ devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, revocation: { enabled: true } },
      pushedAuthorizationRequests: {
        ...{ enabled: true, requirePushedAuthorizationRequests: options.pushedRequests === 'required' },
      },
    },
    fetch: askLoopback,
    findAccount: (_context: unknown, subject: string) => accountOf(people, subject),
    interactions: { url: (_context: unknown, { uid }: Interaction) => `/interaction/${uid}` },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    scopes: ['openid', 'offline_access'],
    ttl: {
      AccessToken: options.accessTokenSeconds ?? 60,
      AuthorizationCode: 60,
      Grant: loginSeconds,
      IdToken: options.idTokenSeconds ?? 300,
      Interaction: 3_600,
      RefreshToken: loginSeconds,
      Session: loginSeconds,
    },
  };
}

function proofOf({ authentication = 'client_secret_post', secret, jwksUri }: OpenIdProviderOptions['client']): object {
  const method = { token_endpoint_auth_method: authentication };
  if (authentication === 'none') return method;
  return { ...method, ...(authentication === 'private_key_jwt' ? { jwks_uri: jwksUri } : { client_secret: secret }) };
}

// The package's own connections refuse loopback addresses, where everything is here.
function askLoopback(url: string, { method, headers, body, redirect, signal }: RequestInit): Promise<Response> {
  return fetch(url, { method, headers, body, redirect, signal });
}

function accountOf(people: readonly Person[], subject: string) {
  const person = people.find((candidate) => candidate.subject === subject);
  if (!person) return undefined;
  const { username, name, email, groups, claims } = person;
  const own = { sub: subject, preferred_username: username, name, email, email_verified: true };
  return { accountId: subject, claims: () => ({ ...own, ...(groups === undefined ? {} : { groups }), ...claims }) };
}

async function interact(provider: Provider, people: Person[], request: IncomingMessage, response: ServerResponse) {
  const interaction = await provider.interactionDetails(request, response);
  const known = interaction.prompt.name === 'consent' ? interaction.session?.accountId : undefined;
  if (known !== undefined) return finish(provider, interaction, known, request, response);
  if (request.method !== 'POST') return void response.writeHead(200, PAGE).end(loginPage(people));
  const username = new URLSearchParams(await text(request)).get('login');
  if (username === '') return provider.interactionFinished(request, response, { error: 'access_denied' });
  const person = people.find((candidate) => candidate.username === username);
  if (!person) return void response.writeHead(422, PAGE).end(loginPage(people));
  return finish(provider, interaction, person.subject, request, response);
}

async function finish(
  provider: Provider,
  { params }: Interaction,
  accountId: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope ?? 'openid');
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { login: { accountId }, consent });
}

function loginPage(people: readonly Person[]): string {
  const buttons = people.map(
    ({ username, name }) =>
      `<p><button name="login" value="${escaped(username)}">${escaped(name)} (${escaped(username)})</button></p>`,
  );
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Demo provider</title>',
    '<h1>Demo provider</h1><p>Who are you?</p><form method="post">',
    ...buttons,
    '<p><button name="login" value="">Nobody: refuse</button></p></form></html>',
  ].join('\n');
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

async function listening(server: Server, port: number): Promise<void> {
  await new Promise<void>((done, failed) => server.once('error', failed).listen(port, HOST, done));
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}
