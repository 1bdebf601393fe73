import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { freePort } from '../../../test/support/free-port.js';
import { callback, checks, SmallProvider } from '../../../test/support/small-provider.js';
import { Clock } from '../../common/runtime/clock.js';
import { BoundedRequest } from './bounded-fetch.js';
import { ProviderClient } from './provider-client.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';
import { askUserinfo } from './userinfo.js';

type Made = string | object | Promise<string>;

let provider: SmallProvider;
let client: ProviderClient;

beforeEach(async () => {
  provider = new SmallProvider();
  await provider.start();
  provider.issues(() => provider.idToken({ groups: undefined }));
});

afterEach(async () => {
  await client.close();
  await provider.stop();
});

const connect = async () => (client = await ProviderClient.connect(provider.settings(), new Clock()));

async function login(subject = 'lin-1') {
  provider.issues(() => provider.idToken({ groups: undefined, sub: subject }));
  return (await connect()).exchange(callback(), checks);
}

async function refresh(subject = 'lin-1') {
  const before = await provider.idToken({ sub: subject });
  const tokens = { idToken: null, accessToken: 'at', refreshToken: null, expiresIn: 300 };
  return (await connect()).verifyRefreshed(tokens, before);
}

function answer(body: unknown, status = 200, headers: Record<string, string> = {}) {
  provider.answers.set('/userinfo', () => ({ status, headers, body }));
}

const JWT = { 'content-type': 'application/jwt' };
const person = { sub: 'lin-1', groups: ['dev'], email: 'lin@example.test' };
const sign = (claims: object, alg = 'ES256', key: CryptoKey | Uint8Array = provider.key.privateKey) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg, kid: provider.kid }).sign(key);

const UNUSABLE: [string, number, string, unknown][] = [
  ['400', 400, 'HTTP 400', { error: 'invalid_request' }],
  ['401', 401, 'HTTP 401', ''],
  ['403', 403, 'HTTP 403', { error: 'insufficient_scope' }],
  ['404', 404, 'HTTP 404', '<html>'],
  ['405', 405, 'HTTP 405', ''],
  ['429', 429, 'HTTP 429', ''],
  ['500', 500, 'HTTP 500', ''],
  ['503', 503, 'HTTP 503', 'busy'],
  ['201', 201, 'HTTP 201', person],
  ['204', 204, 'HTTP 204', ''],
  ['a page', 200, 'not a JSON object', '<html>'],
  ['nothing', 200, 'not a JSON object', ''],
  ['null', 200, 'not a JSON object', 'null'],
  ['a list', 200, 'not a JSON object', [person]],
  ['a text', 200, 'not a JSON object', '"lin-1"'],
  ['no sub', 200, 'without sub', { groups: ['dev'] }],
  ['a null sub', 200, 'without sub', { ...person, sub: null }],
  ['an empty sub', 200, 'without sub', { ...person, sub: '' }],
  ['a sub that is a list', 200, 'sub is not a text', { ...person, sub: ['lin-1'] }],
  ['a sub that is a fraction', 200, 'sub is not a text', { ...person, sub: 35.5 }],
  ['a sub with more digits than a number keeps', 200, 'sub is not a text', '{"sub":9007199254740993}'],
  ['five parts', 200, 'encrypted, which is not supported', 'a.b.c.d.e'],
  ['three parts of nothing', 200, '', 'a.b.c'],
  ['more than is read', 200, '', `{"sub":"lin-1","x":"${'x'.repeat(1_000_001)}"}`],
];

describe(askUserinfo, () => {
  const challenge = (error: string) => ({ 'www-authenticate': `Bearer realm="x", error="${error}"` });

  // RFC 6750, section 3.1.
  it.each([
    ['REFUSED', 401, {}],
    ['REFUSED', 403, {}],
    ['REFUSED', 400, challenge('invalid_token')],
    ['UNUSABLE', 400, challenge('invalid_request')],
    ['UNUSABLE', 400, { 'www-authenticate': 'Basic realm="invalid_token"' }],
    ...[400, 402, 404, 405, 406, 408, 410, 418, 425, 429, 500, 503, 204].map(
      (status) => ['UNUSABLE', status, {}] as const,
    ),
    ['UNUSABLE', 404, challenge('invalid_token')],
  ] as const)('takes as %s an answer with %d %j', async (kind, status, headers) => {
    answer('', status, headers);
    const idToken = await provider.idToken();
    const answered = await (await connect()).askUserinfo({ idToken, accessToken: 'at' });
    expect(answered).toEqual({ kind, claims: null, failure: `userinfo: HTTP ${status}` });
  });

  describe.each([
    ['login', async () => login()],
    ['refresh', async () => refresh()],
  ])('at a %s', (_when, run) => {
    const failureOf = (result: Awaited<ReturnType<typeof run>>) =>
      'userinfoFailure' in result ? result.userinfoFailure : result.groupsFailure;
    const groupsOf = (result: Awaited<ReturnType<typeof run>>) =>
      'profile' in result ? result.profile.groups : result.groups;

    it.each(UNUSABLE)(
      'is ignored and noted if it answers %s; the groups are unknown',
      async (_what, status, failure, body) => {
        answer(body, status);
        const result = await run();
        expect([groupsOf(result), failureOf(result)]).toEqual([null, expect.stringContaining(failure)]);
        expect(JSON.stringify(failureOf(result))).not.toMatch(/lin|insufficient|busy/);
      },
    );

    it('is ignored and noted if it cannot be reached', async () => {
      const nowhere = `http://127.0.0.1:${await freePort()}/userinfo`;
      const document = { ...provider.document(), userinfo_endpoint: nowhere };
      provider.answers.set('/.well-known/openid-configuration', () => ({ body: document }));
      expect(failureOf(await run())).toContain('ECONNREFUSED');
    });

    it('is ignored and noted if it redirects, and the access token goes nowhere else', async () => {
      answer('', 302, { location: `${provider.issuer}/elsewhere` });
      expect(groupsOf(await run())).toBeNull();
      expect(provider.timesAsked('/elsewhere')).toBe(0);
    });

    it('is refused if it is about another person', async () => {
      for (const sub of ['mallory', 'LIN-1', 'lin-1 ', 1]) {
        answer({ ...person, sub });
        await expect(run()).rejects.toThrow(ProviderError);
      }
    });

    it('is used as JSON of any content type', async () => {
      answer(person, 200, { 'content-type': 'text/plain' });
      expect(groupsOf(await run())).toEqual(['dev']);
    });

    it.each<[string, () => Made]>([
      ['issuer and audience', () => sign({ ...person, iss: provider.issuer, aud: 'mooring' })],
      ['an audience list', () => sign({ ...person, iss: provider.issuer, aud: ['other', 'mooring'] })],
      ['neither issuer nor audience', () => sign(person)],
      ['null for both', () => sign({ ...person, iss: null, aud: null })],
    ])('is used if it is signed with %s', async (_what, make) => {
      const body = await make();
      for (const type of ['application/jwt', 'Application/JWT; charset=utf-8', 'text/plain']) {
        answer(body, 200, { 'content-type': type });
        expect(groupsOf(await run())).toEqual(['dev']);
      }
    });

    it.each<[string, string, () => Made]>([
      ['another issuer', '', () => sign({ ...person, iss: 'https://other.example', aud: 'mooring' })],
      ['another audience', '', () => sign({ ...person, iss: provider.issuer, aud: 'other' })],
      ['an old time', '', () => sign({ ...person, exp: 1 })],
      ['another key', '', async () => sign(person, 'ES256', (await generateKeyPair('ES256')).privateKey)],
      ['HS256', 'signed with HS256', () => sign(person, 'HS256', new TextEncoder().encode('s-e_c.r~e t!'.padEnd(32)))],
      ['nothing', 'signed with none', () => new UnsecuredJWT(person).encode()],
      ['no sub', 'without sub', () => sign({ groups: ['dev'] })],
    ])('is ignored and noted if it is signed with %s', async (_what, failure, make) => {
      answer(await make(), 200, JWT);
      const result = await run();
      expect([groupsOf(result), failureOf(result)]).toEqual([null, expect.stringContaining(failure)]);
      expect(failureOf(result)).not.toBeNull();
    });

    it('is ignored if it is signed by an algorithm that the provider does not publish for it', async () => {
      const document = { ...provider.document(), userinfo_signing_alg_values_supported: ['RS256', 'none'] };
      provider.answers.set('/.well-known/openid-configuration', () => ({ body: document }));
      answer(await sign(person), 200, JWT);
      expect(failureOf(await run())).toContain('signed with ES256');
    });

    it('is refused if it is signed and about another person', async () => {
      answer(await sign({ ...person, sub: 'mallory' }), 200, JWT);
      await expect(run()).rejects.toThrow(ProviderError);
    });
  });

  it.each([
    ['35', 35],
    ['0', 0],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('is used if its sub is a number that reads as %j', async (subject, sub) => {
    answer({ ...person, sub });
    expect((await login(subject)).profile).toMatchObject({ subject, groups: ['dev'], groupsSource: 'USERINFO' });
    await client.close();
    expect(await refresh(subject)).toMatchObject({ groups: ['dev'] });
  });

  it('does not make a number and a text with other digits equal', async () => {
    answer({ ...person, sub: 35 });
    await expect(login('035')).rejects.toThrow('another person');
    await client.close();
  });

  it('is given up after five seconds if it is silent, and quotes no token', async () => {
    await connect();
    const asked: BoundedRequest[] = [];
    const fetch = (_url: string, request: BoundedRequest) => {
      asked.push(request);
      return Promise.reject(new ProviderUnavailable('timeout'));
    };
    const keys = { claimsOf: () => Promise.reject(new Error('not reached')) };
    const verification = { keys, clientId: 'mooring', at: new Date() };
    const answered = await askUserinfo('at', 'lin-1', client.metadata, { fetch }, verification);
    expect(answered).toEqual({ kind: 'UNUSABLE', claims: null, failure: 'userinfo: timeout' });
    expect(asked).toMatchObject([{ deadlineMs: 5_000, headers: { authorization: 'Bearer at' } }]);
  });

  it('is not asked without an endpoint or an access token', async () => {
    provider.answers.set('/token', async () => ({
      body: { token_type: 'Bearer', access_token: 'at', id_token: await provider.idToken() },
    }));
    const document = { ...provider.document(), userinfo_endpoint: undefined };
    provider.answers.set('/.well-known/openid-configuration', () => ({ body: document }));
    const { profile, userinfoFailure } = await (await connect()).exchange(callback(), checks);
    expect([profile.groups, userinfoFailure, provider.timesAsked('/userinfo')]).toEqual([['crew'], null, 0]);
  });

  it('adds nothing that the ID token tells itself', async () => {
    provider.issues(() => provider.idToken({ email: 'a@example.test', groups: [] }));
    answer({ ...person, name: 'Lin' });
    const { profile } = await (await connect()).exchange(callback(), checks);
    expect(profile).toMatchObject({ email: 'a@example.test', groups: [], realName: 'Lin', groupsSource: 'ID_TOKEN' });
  });
});
