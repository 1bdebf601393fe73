import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ServerResponse } from 'node:http';
import { Endpoint, Misbehaviour, signWithSecret, SigningPair } from './support/hostile-provider.js';
import { HostileScenario, SILENT, UNUSABLE } from './support/hostile-scenario.js';

const NEEDED: Endpoint[] = ['discovery', 'keys', 'token'];
const FIFTY_MEGABYTES = 50 * 1024 * 1024;
const NOT_MUCH = 5 * 1024 * 1024;
const DEPTH = 10_000;
const NESTED = '['.repeat(DEPTH) + ']'.repeat(DEPTH);
const NESTED_OBJECTS = '{"a":'.repeat(DEPTH) + '1' + '}'.repeat(DEPTH);

describe('A provider’s answers', () => {
  let scenario: HostileScenario;
  let forged: SigningPair;
  let stranger: SigningPair;
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    forged = await SigningPair.make('forged');
    stranger = await SigningPair.make('stranger');
  });
  afterAll(() => scenario.close());
  afterEach(() => void jest.restoreAllMocks());

  const instead = (wanted: Endpoint, answer: (response: ServerResponse) => void): Misbehaviour => ({
    answer: (endpoint, _request, response) => {
      if (endpoint === wanted) answer(response);
      return endpoint === wanted;
    },
  });
  const saying = (wanted: Endpoint, body: string) =>
    instead(wanted, (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(body));

  describe('with tokens', () => {
    it('signed by HS256 with the public key, in whatever form, are refused', async () => {
      for (const secretOf of [
        ({ publicPem }: SigningPair) => publicPem,
        (pair: SigningPair) => JSON.stringify(pair.publicJwk),
      ]) {
        await scenario.refuses('algorithm-confusion', {
          document: (honest) => ({ ...honest, id_token_signing_alg_values_supported: ['RS256', 'HS256'] }),
          sign: (claims, pair) => signWithSecret(claims, secretOf(pair), { kid: pair.kid }),
        });
      }
    });

    it('that bring their own key along are refused, and it is never fetched', async () => {
      const thief = scenario.provider.issuer('thief', { keys: () => ({ keys: [forged.publicJwk] }) });
      const headers = { jwk: forged.publicJwk, jku: `${thief.url}/keys`, x5u: `${thief.url}/keys` };
      await scenario.refuses('own-key', { sign: (claims) => forged.sign(claims, headers) });
      const name = scenario.provider.pair.kid;
      await scenario.refuses('own-key-by-name', { sign: (claims) => forged.sign(claims, { ...headers, kid: name }) });
      await scenario.loggedIn(
        await scenario.issuer('own-key-beside', { sign: (claims, pair) => pair.sign(claims, headers) }),
      );
      expect(thief.asked).toEqual([]);
    });

    it('whose key id is that of several keys are taken if one of these has signed', async () => {
      const keys: Misbehaviour['keys'] = ([first]) => ({ keys: [{ ...forged.publicJwk, kid: first!.kid }, first] });
      await scenario.loggedIn(await scenario.issuer('several-keys-with-one-kid', { keys }));
      const sign = (claims: unknown, { kid }: SigningPair) => stranger.sign(claims, { kid });
      await scenario.refuses('no-key-with-one-kid', { keys, sign });
    });

    it.each([
      ['empty', { keys: [] }],
      ['null', null],
      ['no list', { keys: null }],
      ['a list of null', { keys: [null] }],
      ['a text', 'text'],
    ])('are refused where the key set is %s', async (_what, keys) => {
      await scenario.refuses('bad-key-set', { keys: () => JSON.stringify(keys) });
    });

    it.each([
      ['of 300 characters', 'x'.repeat(300)],
      ['that is a number', 17],
      ['that is empty', ''],
      ['with a line break', 'lin\nadmin'],
      ['that is an object', { admin: true }],
      ['that is a list', ['lin']],
      ['beyond ASCII', 'lín'],
    ])('with a subject %s are refused', async (_what, sub) => {
      await scenario.refuses('bad-subject', {
        claims: (honest) => ({ ...honest, sub }),
        userinfo: (honest) => ({ ...honest, sub }),
      });
    });

    it.each(['iss', 'sub', 'aud', 'exp', 'iat', 'nonce'])('in which %s is null are refused', async (name) => {
      await scenario.refuses('null-claim', { claims: (honest) => ({ ...honest, [name]: null }) });
    });

    it.each(['preferred_username', 'email', 'name', 'groups', 'sid', '_claim_names', 'azp'])(
      'in which %s is null are taken without it',
      async (name) => {
        const username = `null-${name.replaceAll('_', '-')}`;
        const issuer = await scenario.issuer(username, { claims: (honest) => ({ ...honest, [name]: null }) });
        expect((await scenario.me(await scenario.loggedIn(issuer))).groups).toEqual([]);
      },
    );

    it.each(['access_token', 'id_token'])('are refused beside a %s of null', async (name) => {
      await scenario.refuses('null-token', { tokens: (honest) => ({ ...honest, [name]: null }) });
    });

    it.each(['token_type', 'refresh_token', 'expires_in', 'scope'])('are taken beside a %s of null', async (name) => {
      const tokens: Misbehaviour['tokens'] = (honest) => ({ ...honest, [name]: null });
      await scenario.loggedIn(await scenario.issuer(`null-${name.replace('_', '-')}`, { tokens }));
    });

    it('are refused where they are none', async () => {
      for (const lie of [17, {}, [], 'x', 'a.b.c', '..', '']) {
        await scenario.refuses('token-that-is-none', { tokens: (honest) => ({ ...honest, id_token: lie }) });
      }
    });
  });

  describe('of a wrong form', () => {
    it.each(NEEDED)('end the login with a page at the %s endpoint', async (endpoint) => {
      for (const body of ['null', '[]', '"text"', '', '<html>']) {
        await scenario.refuses(`odd-${endpoint}`, saying(endpoint, body));
      }
    });

    it.each(NEEDED)('do so too where they are nested ten thousand deep at the %s endpoint', async (endpoint) => {
      for (const body of [NESTED, NESTED_OBJECTS]) await scenario.refuses(`deep-${endpoint}`, saying(endpoint, body));
    });

    it('do so too where an ID token is nested ten thousand deep; a claim of that depth is no group', async () => {
      await scenario.refuses('deep-token', { sign: (_claims, pair) => pair.sign(NESTED) });
      const sign = (claims: unknown, pair: SigningPair) =>
        pair.sign(JSON.stringify(claims).replace(/\}$/, `,"groups":${NESTED},"deep":${NESTED_OBJECTS}}`));
      const browser = await scenario.loggedIn(await scenario.issuer('deep-claim', { sign }));
      expect((await scenario.me(browser)).groups).toEqual([]);
    });
  });

  describe('without an end', () => {
    it.each(NEEDED)('are cut off, of fifty megabytes at the %s endpoint', async (endpoint) => {
      let sent = 0;
      const flood = instead(endpoint, (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const chunk = Buffer.alloc(64 * 1024, ' ');
        const pour = () => {
          while (sent < FIFTY_MEGABYTES && !response.destroyed) {
            sent += chunk.length;
            if (!response.write(chunk)) return void response.once('drain', pour);
          }
          response.end();
        };
        pour();
      });
      await scenario.refuses(`flood-${endpoint}`, flood);
      expect(sent).toBeLessThan(NOT_MUCH);
    });

    it.each(NEEDED)('are given up, of one byte a second at the %s endpoint', async (endpoint) => {
      // A hundred times as fast as the clocks, on both sides.
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => timeout(milliseconds / 100));
      const drips: NodeJS.Timeout[] = [];
      const drip = instead(endpoint, (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        drips.push(setInterval(() => response.write(' '), 10));
      });
      await scenario.refuses(`drip-${endpoint}`, drip, SILENT);
      for (const timer of drips) clearInterval(timer);
    });
  });

  describe('that lead elsewhere', () => {
    it.each(NEEDED)('are not followed from the %s endpoint', async (endpoint) => {
      for (const status of [302, 307]) {
        const elsewhere = scenario.provider.issuer('elsewhere');
        const location = `${elsewhere.url}/${endpoint === 'discovery' ? '.well-known/openid-configuration' : endpoint}`;
        const leading = instead(endpoint, (response) => void response.writeHead(status, { location }).end());
        await scenario.refuses(`redirect-${endpoint}`, leading);
        expect(elsewhere.asked).toEqual([]);
      }
    });

    it.each([
      ...['http://other.example.com/x', 'http://169.254.169.254/latest/meta-data/', 'https://169.254.169.254/'],
      ...['https://[fe80::1]/', 'https://[::ffff:169.254.169.254]/', 'https://[64:ff9b::a9fe:a9fe]/'],
      ...['https://2852039166/', 'https://0xa9fea9fe/'],
      ...['javascript:alert(1)', 'file:///etc/passwd', 'data:application/json,{}', '//other.example.com/x', 'x', ''],
      ...['https://user:password@127.0.0.1/', 'https://127.0.0.1/#fragment'],
    ])('are not taken from a discovery document that points at %j', async (url) => {
      const issuer = await scenario.refuses('astray', { document: (honest) => ({ ...honest, token_endpoint: url }) });
      expect(issuer.timesAsked('authorize')).toBe(0);
    });

    it.each(['authorization_endpoint', 'jwks_uri', 'userinfo_endpoint', 'end_session_endpoint'])(
      'are not taken from a %s of another kind, by plain http, or on the local link',
      async (name) => {
        for (const url of ['javascript:alert(1)', 'http://other.example.com/x', 'https://169.254.169.254/']) {
          const issuer = await scenario.refuses('astray', { document: (honest) => ({ ...honest, [name]: url }) });
          expect(issuer.timesAsked('authorize')).toBe(0);
        }
      },
    );

    it.each(['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'])(
      'are not taken from a discovery document in which %s is null',
      async (name) => {
        await scenario.refuses('null-endpoint', { document: (honest) => ({ ...honest, [name]: null }) });
      },
    );

    it('are not asked for at an endpoint of the local link', async () => {
      await scenario.issuer('honest');
      await scenario.app.configure({ oidc: { endpoint: 'https://169.254.169.254', clientSecret: 'x' } });
      await scenario.comesToNothing(async (browser) => {
        const page = await scenario.login(browser);
        expect(page.text).toContain('a link-local address or one of a cloud metadata service');
        return page;
      }, UNUSABLE);
    });
  });
});
