import { generateKeyPairSync } from 'node:crypto';
import { ServerResponse } from 'node:http';
import { Endpoint, Misbehaviour, signWithSecret, SigningPair, unsigned } from './hostile-provider.js';

/** One bent provider: the settings that Mooring has for it, and how it differs from an honest one. */
export interface BentProvider {
  readonly misbehaviour: Misbehaviour;
  readonly oidc?: object;
}

const instead = (wanted: Endpoint, answer: (response: ServerResponse) => void): BentProvider => ({
  misbehaviour: {
    answer: (endpoint, _request, response) => {
      if (endpoint === wanted) answer(response);
      return endpoint === wanted;
    },
  },
});

const saying = (wanted: Endpoint, status: number, body: string) =>
  instead(wanted, (response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(body));

const document = (changes: object): BentProvider => ({
  misbehaviour: { document: (honest) => ({ ...honest, ...changes }) },
});

const claims = (changes: object): BentProvider => ({
  misbehaviour: { claims: (honest) => ({ ...honest, ...changes }) },
});

const tokens = (changes: object): BentProvider => ({
  misbehaviour: { tokens: (honest) => ({ ...honest, ...changes }) },
});

const documentOf = (issuer: string) => ({
  issuer,
  ...{ authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` },
});

const shortKey = () => generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });

const other = await SigningPair.make('other');

/** The kinds of bent providers of the suite, by what is bent. */
export const BENT_PROVIDERS: Readonly<Record<string, BentProvider>> = {
  'an honest provider': { misbehaviour: {} },
  'no discovery document': saying('discovery', 404, '{}'),
  'a discovery document that is no JSON': saying('discovery', 200, '<html>'),
  'a provider that is out of order': saying('discovery', 503, '{}'),
  'a discovery document under 203': {
    misbehaviour: {
      answer(endpoint, request, response) {
        if (endpoint === 'discovery') response.statusCode = 203;
        if (endpoint !== 'discovery') return false;
        const issuer = `http://${request.headers.host}${String(request.url).replace(/\/\.well-known.*$/, '')}`;
        response.end(JSON.stringify(documentOf(issuer)));
        return true;
      },
    },
  },
  'another issuer in the document': document({ issuer: 'https://other.example' }),
  'an issuer with a slash more': {
    misbehaviour: { document: (honest) => ({ ...honest, issuer: `${String(honest.issuer)}/` }) },
  },
  'no token endpoint': document({ token_endpoint: undefined }),
  'no key set': document({ jwks_uri: undefined }),
  'an authorization endpoint by ftp': document({ authorization_endpoint: 'ftp://provider.example/authorize' }),
  'only the implicit flow': document({ response_types_supported: ['id_token'] }),
  'no list of response types': document({ response_types_supported: undefined }),
  'no list of grant types': document({ grant_types_supported: undefined }),
  'a list of grant types without refresh_token': document({ grant_types_supported: ['authorization_code'] }),
  'no list of scopes': document({ scopes_supported: undefined }),
  'a list of scopes without the asked ones': document({ scopes_supported: ['openid'] }),
  'no list of claims': document({ claims_supported: undefined }),
  'a list of claims without the used ones': document({ claims_supported: ['sub'] }),
  'no list of PKCE methods': document({ code_challenge_methods_supported: undefined }),
  'only plain PKCE': document({ code_challenge_methods_supported: ['plain'] }),
  'no list of authentication methods': document({ token_endpoint_auth_methods_supported: undefined }),
  'only private_key_jwt listed': document({ token_endpoint_auth_methods_supported: ['private_key_jwt'] }),
  'no list of signing algorithms': document({ id_token_signing_alg_values_supported: undefined }),
  'a list of signing algorithms without a key of ours': document({ id_token_signing_alg_values_supported: ['ES384'] }),
  'a list of signing algorithms with something else in it': document({
    id_token_signing_alg_values_supported: ['ES256', null],
  }),
  'an empty list of signing algorithms': document({ id_token_signing_alg_values_supported: [] }),
  'empty lists': document({ response_types_supported: [], code_challenge_methods_supported: [], scopes_supported: [] }),
  'texts where lists belong': document({ response_types_supported: 'code', grant_types_supported: 'code' }),
  'only HS256 listed': {
    misbehaviour: {
      document: (honest) => ({ ...honest, id_token_signing_alg_values_supported: ['HS256'] }),
      sign: (what, { kid }) => signWithSecret(what, 'x'.repeat(32), { kid }),
    },
  },
  'no userinfo endpoint': document({ userinfo_endpoint: undefined }),
  'no end-session endpoint': document({ end_session_endpoint: undefined }),
  'a key set that is out of order': saying('keys', 500, '{}'),
  'an empty key set': { misbehaviour: { keys: () => ({ keys: [] }) } },
  'a key set of null': { misbehaviour: { keys: () => null } },
  'a key of no particular use': {
    misbehaviour: { keys: ([first]) => ({ keys: [{ ...first, use: null, alg: null }] }) },
  },
  'a key for two uses': { misbehaviour: { keys: ([first]) => ({ keys: [{ ...first, use: ['sig', 'enc'] }] }) } },
  'a key for signing only': { misbehaviour: { keys: ([first]) => ({ keys: [{ ...first, key_ops: ['sign'] }] }) } },
  'a key that is too short': { misbehaviour: { keys: ([first]) => ({ keys: [{ ...first, ...shortKey() }] }) } },
  'a key that can not be read': { misbehaviour: { keys: ([first]) => ({ keys: [{ ...first, n: 7 }] }) } },
  'another key in the set': { misbehaviour: { keys: () => ({ keys: [other.publicJwk] }) } },
  'keys without a kid': {
    misbehaviour: {
      keys: (honest) => ({ keys: honest.map(({ kid: _kid, ...rest }) => rest) }),
      sign: (what, pair) => pair.sign(what, { kid: undefined }),
    },
  },
  'two keys of one kid': {
    misbehaviour: { keys: ([first]) => ({ keys: [{ ...other.publicJwk, kid: first!.kid }, first] }) },
  },
  'an unsigned ID token': { misbehaviour: { sign: unsigned } },
  'an ID token by HS256': { misbehaviour: { sign: (what, { kid }) => signWithSecret(what, 'x'.repeat(32), { kid }) } },
  'an ID token of another key': { misbehaviour: { sign: (what, { kid }) => other.sign(what, { kid }) } },
  'an ID token of another issuer': claims({ iss: 'https://other.example' }),
  'an ID token for another client': claims({ aud: 'another' }),
  'an ID token with another nonce': claims({ nonce: 'another' }),
  'an ID token that has expired': claims({ exp: 1 }),
  'an ID token from the future': claims({ iat: 9_999_999_999 }),
  'a subject that is a number': claims({ sub: 17 }),
  'a subject that is a list': claims({ sub: ['lin'] }),
  'no ID token': tokens({ id_token: undefined }),
  'no access token': tokens({ access_token: undefined }),
  'no refresh token': tokens({ refresh_token: undefined }),
  'no token type': tokens({ token_type: undefined }),
  'a token endpoint that is out of order': saying('token', 503, '{}'),
  'a token endpoint that answers with a page': saying('token', 200, '<html>'),
  'a token endpoint that refuses every client': saying('token', 401, '{"error":"invalid_client"}'),
  'a token endpoint that says 200 and an error': saying('token', 200, '{"error":"invalid_client"}'),
  'a token endpoint that answers with nothing': saying('token', 204, ''),
  'a token endpoint that hangs up': instead('token', (response) => void response.socket?.destroy()),
  'userinfo that is out of order': saying('userinfo', 503, '{}'),
  'userinfo that refuses every token': saying('userinfo', 401, '{}'),
  'userinfo about another person': { misbehaviour: { userinfo: (honest) => ({ ...honest, sub: 'mallory' }) } },
  'userinfo that is no JSON': saying('userinfo', 200, '<html>'),
  'an authorization endpoint that is out of order': saying('authorize', 503, ''),
  'an authorization endpoint that refuses with a page': saying('authorize', 400, '<html>'),
  'an authorization endpoint in a loop': instead(
    'authorize',
    (response) => void response.writeHead(302, { location: '?again' }).end(),
  ),
  'an authorization endpoint that wants its cookie back': {
    misbehaviour: {
      answer(endpoint, { headers, url }, response) {
        if (endpoint === 'authorize' && headers.cookie === undefined) {
          const location = String(url).replace('/authorize', '/login');
          response.writeHead(302, { location, 'set-cookie': 'begun=1; Path=/' }).end();
          return true;
        }
        if (endpoint !== 'login') return false;
        if (headers.cookie === undefined) response.writeHead(400).end('no cookie');
        else response.writeHead(302, { location: String(url).replace('/login', '/authorize') }).end();
        return true;
      },
    },
  },
  'an authorization endpoint that leads to no URL': instead(
    'authorize',
    (response) => void response.writeHead(302, { location: 'http://[' }).end(),
  ),
  'an authorization endpoint that answers with nothing': saying('authorize', 204, ''),
  'an answer with another state': { misbehaviour: { callback: (back) => back.set('state', 'x'.repeat(32)) } },
  'an answer with another issuer': { misbehaviour: { callback: (back) => back.set('iss', 'https://other.example') } },
  'an answer without a code': { misbehaviour: { callback: (back) => back.delete('code') } },
};
