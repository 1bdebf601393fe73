import { afterEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { freePort } from '../../../test/support/free-port.js';
import { SELF_SIGNED } from '../../../test/support/self-signed.js';
import { Clock } from '../../common/runtime/clock.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { InspectedSettings, inspectProvider, isOk } from './provider-inspection.js';

/** More than any busy machine needs: only what is to run out has a deadline that does. */
const AMPLE_MS = 120_000;

const usual = {
  ...{ clientId: 'mooring', clientSecret: new SecretText('client-secret'), redirectUri: 'http://localhost/c' },
  ...{ scopes: ['openid', 'offline_access'], groupsClaim: null, groupsKeptHours: 24, userClaim: null, logout: false },
  ...{ verifyCertificate: true, caCertificates: null },
};

describe(inspectProvider, () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  const listening = async (server: Server, scheme: string) => {
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
  };
  const inspect = async (issuer: string, changes: Partial<InspectedSettings> = {}, stepDeadlineMs = AMPLE_MS) => {
    const checks = await inspectProvider({ ...usual, ...changes, issuer }, new Clock(), stepDeadlineMs);
    return { ok: isOk(checks), of: (name: string) => checks.find((check) => String(check.name) === name)!, checks };
  };
  const json = (response: ServerResponse, body: unknown, status = 200) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  /** A provider that says of itself what it is told to, and answers token requests with `token`. */
  const provider = async (changes: object, token: object = { error: 'invalid_grant' }, keys: unknown = RSA) => {
    let issuer = '';
    const answer: RequestListener = (request, response) => {
      if (request.url?.startsWith('/.well-known/')) {
        const endpoints = {
          authorization_endpoint: `${issuer}/a`,
          token_endpoint: `${issuer}/t`,
          jwks_uri: `${issuer}/k`,
        };
        return json(response, { issuer, ...endpoints, ...changes });
      }
      if (request.url?.startsWith('/a')) return void response.end('<p>Log in</p>');
      return request.url === '/k' ? json(response, keys) : json(response, token, 400);
    };
    issuer = await listening(createServer(answer), 'http');
    return issuer;
  };
  const RSA = { keys: [{ kty: 'RSA', use: 'sig' }] };

  it('is content with a provider that says nothing but what it must', async () => {
    const { ok, of } = await inspect(await provider({}));
    expect([ok, of('AUTHORIZATION_CODE_FLOW').status, of('PKCE').status, of('SCOPES').status]).toEqual([
      true,
      ...Array<string>(3).fill('SKIPPED'),
    ]);
  });

  it('tells a self-signed certificate, and the two ways out, which both work', async () => {
    const issuer = await listening(
      createTlsServer(SELF_SIGNED, (_request, response) => json(response, {})),
      'https',
    );
    const refused = (await inspect(issuer)).of('TLS');
    expect([refused.status, refused.remedy]).toEqual([
      'FAILED',
      expect.stringMatching(/caCertificates.*verifyCertificate/),
    ]);
    expect(refused.detail).toContain('self-signed');
    expect((await inspect(issuer, { caCertificates: SELF_SIGNED.cert })).of('TLS').status).toBe('PASSED');
    expect((await inspect(issuer, { verifyCertificate: false })).of('TLS').status).toBe('WARNING');
  });

  it('does not wait for a provider that never answers', async () => {
    const issuer = await listening(
      createServer(() => undefined),
      'http',
    );
    const { of } = await inspect(issuer, {}, 50);
    expect(of('REACHABLE')).toMatchObject({ status: 'FAILED', detail: 'No answer (timeout).' });
  });

  it.each([
    ['a page', 200, '<p>private</p>'],
    ['a list', 200, '["private"]'],
    ['nothing there', 404, 'private'],
    ['a document under another status', 203, '{"issuer":"private"}'],
  ])('takes %s for no discovery document, and does not quote it', async (_what, status, body) => {
    const answer: RequestListener = (_request, response) => void response.writeHead(status).end(body);
    const { of, checks } = await inspect(await listening(createServer(answer), 'http'));
    expect([of('REACHABLE').status, of('DISCOVERY_DOCUMENT').status]).toEqual(['PASSED', 'FAILED']);
    expect(JSON.stringify(checks)).not.toContain('private');
  });

  it.each([
    ['DISCOVERY_DOCUMENT', 'FAILED', { jwks_uri: undefined }],
    ['SIGNING_KEYS', 'FAILED', { id_token_signing_alg_values_supported: ['ES256', 'EdDSA'] }],
    // A login leaves a list out that has another member than texts, and then takes RS256.
    ['SIGNING_KEYS', 'PASSED', { id_token_signing_alg_values_supported: ['ES256', null] }],
    ['AUTHORIZATION_CODE_FLOW', 'SKIPPED', { response_types_supported: 'token' }],
    ['AUTHORIZATION_CODE_FLOW', 'SKIPPED', { response_types_supported: [] }],
    ['PKCE', 'SKIPPED', { code_challenge_methods_supported: [] }],
    ['SCOPES', 'SKIPPED', { scopes_supported: [] }],
    ['USER_CLAIM', 'SKIPPED', { claims_supported: { name: 'lin' } }],
    ['DISCOVERY_DOCUMENT', 'FAILED', { token_endpoint: 'http://169.254.169.254/token' }],
    ['AUTHORIZATION_CODE_FLOW', 'FAILED', { response_types_supported: ['id_token'] }],
    ['AUTHORIZATION_CODE_FLOW', 'FAILED', { require_pushed_authorization_requests: true }],
    ['AUTHORIZATION_CODE_FLOW', 'SKIPPED', { grant_types_supported: ['implicit'] }],
    ['SIGNING_KEYS', 'FAILED', { id_token_signing_alg_values_supported: ['HS256', 'none'] }],
    ['PKCE', 'WARNING', { code_challenge_methods_supported: ['plain'] }],
    ['SCOPES', 'SKIPPED', { scopes_supported: ['openid'] }],
    ['REFRESH_TOKENS', 'SKIPPED', { grant_types_supported: ['authorization_code'] }],
    ['USER_CLAIM', 'SKIPPED', { claims_supported: ['sub'] }],
  ])('reports at %s, as %s, the metadata %j', async (name, status, changes) => {
    expect((await inspect(await provider(changes))).of(name).status).toBe(status);
  });

  it.each([
    [true, 'It reports logouts through'],
    [false, 'It does not report logouts'],
  ])('says whether the provider tells of logouts by the back channel: %s', async (told, detail) => {
    const changes = { end_session_endpoint: 'https://id.example.com/end', backchannel_logout_supported: told };
    expect((await inspect(await provider(changes))).of('LOGOUT').detail).toContain(detail);
  });

  it.each([
    [{ error: 'invalid_client' }, 'FAILED'],
    [{ error: 'unauthorized_client' }, 'SKIPPED'],
    [{ error: 'invalid_request' }, 'SKIPPED'],
    [{ message: 'private' }, 'SKIPPED'],
  ])('reads the token answer %j as %s', async (token, status) => {
    expect((await inspect(await provider({}, token))).of('CLIENT_CREDENTIALS').status).toBe(status);
  });

  const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
  it.each<[string, () => object, string]>([
    ['of 2048 bits', () => rsa(2048), 'PASSED'],
    ['of no particular use', () => ({ ...rsa(2048), use: null, alg: null, key_ops: ['verify'] }), 'PASSED'],
    ['of 1024 bits', () => rsa(1024), 'FAILED'],
    ['that can not be read', () => ({ ...rsa(2048), n: 7 }), 'FAILED'],
    ['off the curve', () => ({ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }), 'FAILED'],
    ['that is private', () => ({ ...rsa(2048), d: 'AQAB' }), 'FAILED'],
    ['for signing only', () => ({ ...rsa(2048), key_ops: ['sign'] }), 'FAILED'],
    ['for two uses', () => ({ ...rsa(2048), use: ['sig', 'enc'] }), 'FAILED'],
  ])('reads as a login does: a key %s', async (_what, key, status) => {
    const listed = { id_token_signing_alg_values_supported: ['RS256', 'ES256'] };
    const issuer = await provider(listed, undefined, { keys: [key()] });
    expect((await inspect(issuer)).of('SIGNING_KEYS').status).toBe(status);
  });

  it.each([[{ keys: [] }], [{ keys: [{ kty: 'oct' }] }], [{ keys: [{ kty: 'RSA', use: 'enc' }] }], [{}], [null]])(
    'finds no signing key in %j',
    async (keys) => {
      expect((await inspect(await provider({}, undefined, keys))).of('SIGNING_KEYS').status).toBe('FAILED');
    },
  );

  it.each([
    ['PASSED', 401],
    ['PASSED', 400],
    ['PASSED', 403],
    ['WARNING', 200],
    ['WARNING', 204],
    ['WARNING', 302],
    ['WARNING', 404],
    ['WARNING', 405],
    ['WARNING', 429],
    ['WARNING', 500],
  ])('reports as %s that userinfo answers HTTP %d without an access token', async (status, code) => {
    const asked: unknown[] = [];
    const userinfo = await listening(
      createServer((request, response) => {
        asked.push(request.headers.authorization);
        response.writeHead(code, { location: '/elsewhere' }).end('private');
      }),
      'http',
    );
    const { ok, of } = await inspect(await provider({ userinfo_endpoint: userinfo }));
    expect([ok, of('USERINFO').status, asked]).toEqual([true, status, [undefined]]);
    expect(JSON.stringify(of('USERINFO'))).not.toContain('private');
  });

  it.each([
    [404, 'configuration of the address'],
    [200, 'configuration of the address'],
    [429, 'later'],
    [503, 'later'],
  ])('has its own remedy where userinfo answers HTTP %d', async (status, remedy) => {
    const userinfo = await listening(
      createServer((_request, response) => void response.writeHead(status).end()),
      'http',
    );
    const finding = (await inspect(await provider({ userinfo_endpoint: userinfo }))).of('USERINFO');
    expect(finding.remedy).toContain(remedy);
  });

  it('warns of userinfo that does not answer, and skips it if there is none', async () => {
    const nowhere = `http://localhost:${await freePort()}/userinfo`;
    const { ok, of } = await inspect(await provider({ userinfo_endpoint: nowhere }));
    expect([ok, of('USERINFO')]).toMatchObject([true, { status: 'WARNING', detail: expect.stringContaining('ECONN') }]);
    expect((await inspect(await provider({}))).of('USERINFO').status).toBe('SKIPPED');
    const confirmed = await inspect(await provider({}), { confirmAtUserinfo: true });
    expect(confirmed.of('USERINFO')).toMatchObject({ status: 'WARNING', remedy: 'Turn confirmAtUserinfo off.' });
  });

  const P256 = { kty: 'EC', crv: 'P-256', use: 'sig' };
  it.each<[unknown, object[], string, RegExp]>([
    [undefined, [{ kty: 'RSA' }], 'PASSED', /1 usable signing key, for RS256\.$/],
    [undefined, [P256], 'FAILED', /no key for RS256/],
    [['RS256', 'HS256'], [{ kty: 'RSA', alg: 'RS256' }], 'PASSED', /for RS256\.$/],
    [['RS256', 'PS256'], [{ kty: 'RSA', alg: 'RS256' }], 'PASSED', /for RS256\. There is none yet for PS256\.$/],
    [['ES256', 'ES384'], [P256, { kty: 'RSA' }], 'PASSED', /2 usable signing keys, for ES256\. .*none yet for ES384/],
    [['RS256'], [{ kty: 'RSA', alg: 'RSA-OAEP' }], 'FAILED', /no key for RS256/],
    [['EdDSA'], [{ kty: 'OKP', crv: 'X25519' }], 'FAILED', /no key for EdDSA/],
    [['EdDSA'], [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' }], 'PASSED', /for EdDSA\.$/],
    [['ES512'], [{ kty: 'EC', crv: 'P-521' }], 'PASSED', /for ES512\.$/],
  ])('compares the algorithms %j with the keys %j: %s', async (listed, keys, status, detail) => {
    const issuer = await provider({ id_token_signing_alg_values_supported: listed }, undefined, { keys });
    const finding = (await inspect(issuer)).of('SIGNING_KEYS');
    expect([finding.status, finding.detail]).toEqual([status, expect.stringMatching(detail)]);
  });

  it('fails a scope without openid, whether anybody answers or not', async () => {
    expect((await inspect('http://127.0.0.1:9', { scopes: ['profile'] })).of('SCOPES').status).toBe('FAILED');
  });
});
