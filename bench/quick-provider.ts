import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

// A provider that needs almost no CPU time, so that the measurement is of Mooring. It logs in every browser at once, each
// time as a new user. The first argument is the duration of a refresh, in milliseconds.
const refreshMs = Number(process.argv[2] ?? 0);
const LIFE_SECONDS = 3_600;
const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES256', use: 'sig' };
const codes = new Map<string, { subject: string; nonce: string }>();
const holders = new Map<string, string>();
let refreshes = 0;
let people = 0;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function tokensOf(subject: string, more: object): object {
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    sub: subject,
    aud: 'mooring',
    iat,
    exp: iat + LIFE_SECONDS,
    preferred_username: subject,
  };
  const signed = `${part({ alg: 'ES256', kid: 'bench' })}.${part({ ...claims, groups: ['crew'], ...more })}`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  const refresh_token = randomUUID();
  holders.set(refresh_token, subject);
  const id_token = `${signed}.${signature.toString('base64url')}`;
  return { access_token: randomUUID(), token_type: 'Bearer', expires_in: LIFE_SECONDS, id_token, refresh_token };
}

async function tokens(request: IncomingMessage): Promise<object | null> {
  const form = new URLSearchParams(await text(request));
  const login = codes.get(form.get('code') ?? '');
  if (login) return tokensOf(login.subject, { nonce: login.nonce });
  const token = form.get('refresh_token') ?? '';
  const subject = holders.get(token);
  // Rotation: a used refresh token is rejected.
  holders.delete(token);
  await new Promise((done) => setTimeout(done, refreshMs));
  if (subject === undefined) return null;
  refreshes++;
  return tokensOf(subject, {});
}

function authorize({ searchParams }: URL, response: ServerResponse): void {
  const code = randomUUID();
  codes.set(code, { subject: `member-${people++}`, nonce: searchParams.get('nonce') ?? '' });
  const back = new URL(searchParams.get('redirect_uri') ?? '');
  back.search = String(new URLSearchParams({ code, state: searchParams.get('state') ?? '' }));
  response.writeHead(302, { location: back.href }).end();
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', issuer);
  const json = (body: object | null) =>
    response.writeHead(body ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  if (url.pathname === '/authorize') return authorize(url, response);
  if (url.pathname === '/token') return void tokens(request).then(json);
  if (url.pathname === '/keys') return void json({ keys: [jwk] });
  if (url.pathname === '/refreshes') return void json({ refreshes });
  const endpoints = { authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` };
  const supported = { response_types_supported: ['code'], subject_types_supported: ['public'] };
  const algorithms = { id_token_signing_alg_values_supported: ['ES256'] };
  json({ issuer, ...endpoints, jwks_uri: `${issuer}/keys`, ...supported, ...algorithms });
});
// A socket that is closed while a request is on its way fails a login or a refresh of the measured server.
server.keepAliveTimeout = 600_000;
await new Promise<void>((done) => server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', done));
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
process.once('SIGTERM', () => process.exit());
