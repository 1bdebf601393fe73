import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callback, checks, SmallProvider } from '../../../test/support/small-provider.js';
import { Clock } from '../../common/runtime/clock.js';
import { AuthenticationMemory } from './authentication-memory.js';
import { SecretMethod } from './client-authentication.js';
import { ProviderClient } from './provider-client.js';
import { CodeSpent, ProviderError, ProviderUnavailable } from './provider.errors.js';

const BASIC = 'client_secret_basic';
const POST = 'client_secret_post';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

let provider: SmallProvider;
let client: ProviderClient;
/** What the token endpoint has seen, in order. */
let tried: SecretMethod[];
let noted: SecretMethod[];

beforeEach(async () => {
  provider = new SmallProvider();
  [tried, noted] = [[], []];
  await provider.start();
});

afterEach(async () => {
  await client.close();
  await provider.stop();
});

/** A provider with these published methods, which answers the n-th try of a method as told; undefined stands for tokens. */
async function connect(published: unknown, answers: (method: SecretMethod) => Answer | undefined, known = {}) {
  const document = { ...provider.document(), token_endpoint_auth_methods_supported: published };
  provider.answers.set('/.well-known/openid-configuration', () => ({ body: document }));
  provider.answers.set('/token', async () => {
    const { authorization, form } = provider.asked.at(-1)!;
    expect(authorization === undefined).toBe(form.has('client_secret'));
    tried.push(authorization === undefined ? POST : BASIC);
    const tokens = {
      token_type: 'Bearer',
      access_token: 'at',
      refresh_token: 'rt',
      id_token: await provider.idToken(),
    };
    return answers(tried.at(-1)!) ?? { body: tokens };
  });
  const authentication: AuthenticationMemory = {
    remembered: () => Promise.resolve(noted.at(-1) ?? null),
    mayTryOther: () => Promise.resolve(true),
    accepted: (method) => Promise.resolve(void noted.push(method)),
    ...known,
  };
  client = await ProviderClient.connect(provider.settings({ authentication }), new Clock());
}

const login = () => client.exchange(callback(), checks);
const refused = (status: number, error?: unknown) => ({ status, body: error === undefined ? {} : { error } });

describe('a client that is registered', () => {
  it.each([
    [BASIC, [BASIC, POST], [BASIC]],
    [BASIC, undefined, [BASIC]],
    [BASIC, null, [BASIC]],
    [BASIC, [], [BASIC]],
    [BASIC, [POST], [POST, BASIC]],
    [BASIC, ['private_key_jwt'], [BASIC]],
    [POST, [BASIC, POST], [BASIC, POST]],
    [POST, undefined, [BASIC, POST]],
    [POST, [POST], [POST]],
    [POST, [POST, 'private_key_jwt'], [POST]],
    [POST, [BASIC], [BASIC, POST]],
    [POST, ['private_key_jwt', 'tls_client_auth'], [BASIC, POST]],
  ])(
    'for %s logs in where the document lists %j, by %j, and later by that method only',
    async (only, listed, order) => {
      await connect(listed, (method) => (method === only ? undefined : refused(401, 'invalid_client')));
      expect((await login()).profile.subject).toBe('lin-1');
      expect(tried).toEqual(order);
      expect((await client.refresh('rt')).kind).toBe('TOKENS');
      expect([tried.slice(order.length), noted.at(-1)]).toEqual([[only], only]);
    },
  );

  it('for one method is found at a refresh as well, and the tokens of the second try count', async () => {
    await connect([BASIC, POST], (method) => (method === POST ? undefined : refused(401)));
    expect(await client.refresh('rt')).toMatchObject({ kind: 'TOKENS', tokens: { refreshToken: 'rt' } });
    expect([tried, noted]).toEqual([[BASIC, POST], [POST]]);
  });
});

describe('after a refusal of the client at the code', () => {
  it.each([
    [401, 'invalid_client'],
    [400, 'invalid_client'],
    [403, 'invalid_client'],
    [401, undefined],
    [401, 'access_denied'],
    [400, 'unauthorized_client'],
    [401, 'unauthorized_client'],
    [400, 'unsupported_grant_type'],
    [400, 'invalid_scope'],
    [400, 'invalid_target'],
    [400, 'Invalid client secret'],
    [200, 'invalid_client'],
  ])('of %s %s the other method is tried', async (status, error) => {
    await connect([BASIC, POST], (method) => (method === POST ? undefined : refused(status, error)));
    expect((await login()).tokens.accessToken).toBe('at');
    expect(tried).toEqual([BASIC, POST]);
  });

  it.each([
    [400, 'invalid_grant', ProviderError],
    [401, 'invalid_grant', ProviderError],
    [401, 'temporarily_unavailable', ProviderUnavailable],
    [401, 'server_error', ProviderUnavailable],
    [400, 'invalid_request', ProviderError],
    [403, 'access_denied', ProviderError],
    [400, undefined, ProviderError],
    [404, undefined, ProviderError],
    [200, undefined, ProviderError],
    [400, 'temporarily_unavailable', ProviderUnavailable],
    [400, 'server_error', ProviderUnavailable],
    [500, undefined, ProviderUnavailable],
    [429, 'slow_down', ProviderUnavailable],
  ])('and of that only: %s %s is the answer, and the code is not sent again', async (status, error, kind) => {
    await connect([BASIC, POST], () => refused(status, error));
    await expect(login()).rejects.toThrow(kind);
    expect([tried, noted]).toEqual([[BASIC], []]);
  });

  it('by both methods the text names the client id and secret, and the log both answers', async () => {
    await connect([BASIC, POST], (method) => (method === BASIC ? refused(401) : refused(400, 'invalid_client')));
    const detail = 'HTTP 401, then HTTP 400 invalid_client';
    await expect(login()).rejects.toMatchObject({ code: 'PROVIDER_ERROR', detail });
    await expect(login()).rejects.toThrow('client id or secret');
    expect([tried, noted]).toEqual([[BASIC, POST, BASIC, POST], []]);
  });

  it('that used up the code, the login is told to begin again, and the other method comes first then', async () => {
    await connect([BASIC, POST], (method) => refused(400, method === BASIC ? 'invalid_client' : 'invalid_grant'));
    await expect(login()).rejects.toThrow(CodeSpent);
    await expect(login()).rejects.not.toThrow(CodeSpent);
    expect([tried, noted]).toEqual([[BASIC, POST, POST], [POST]]);
  });

  it('quotes no text of the provider', async () => {
    await connect([BASIC], () => refused(400, 'Nobody <b>knows</b> lin@example.com'));
    const failure = await login().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(JSON.stringify([failure, String(failure)])).not.toMatch(/lin|<b>/);
  });
});

describe('after a refusal of the client at a refresh', () => {
  it.each([
    [400, 'invalid_grant', 'REFUSED'],
    [401, 'invalid_grant', 'REFUSED'],
    [503, undefined, 'SILENT'],
  ])('and of that only: %s %s is the answer', async (status, error, kind) => {
    await connect([BASIC, POST], () => refused(status, error));
    expect((await client.refresh('rt')).kind).toBe(kind);
    expect(tried).toEqual([BASIC]);
  });

  it.each([
    [400, 'invalid_grant'],
    [401, 'invalid_grant'],
    [200, 'invalid_grant'],
    [403, 'access_denied'],
  ])(
    'the second one, about the grant, is unclear: %s %s ends no grant, and proves no method',
    async (status, error) => {
      await connect([BASIC, POST], (method) => (method === BASIC ? refused(401) : refused(status, error)));
      const detail = `HTTP 401, then HTTP ${status} by client_secret_post`;
      expect(await client.refresh('rt')).toEqual({ kind: 'UNCLEAR', detail });
      expect([tried, noted]).toEqual([[BASIC, POST], []]);
    },
  );

  it('the second one counts if it has only a refresh token, which has replaced the one that was sent', async () => {
    const replaced = { status: 200, body: { refresh_token: 'r2' } };
    await connect([BASIC, POST], (method) => (method === BASIC ? refused(401) : replaced));
    expect(await client.refresh('rt')).toMatchObject({ kind: 'TOKENS', tokens: { refreshToken: 'r2' } });
  });

  it.each([
    [401, 'invalid_client'],
    [401, 'access_denied'],
    [400, 'invalid_request'],
    [500, 'invalid_grant'],
    [503, undefined],
  ])(
    'the first answer stands unless the second has tokens, or is about the grant: %s %s ends none',
    async (status, error) => {
      await connect([BASIC, POST], (method) => (method === BASIC ? refused(401) : refused(status, error)));
      expect((await client.refresh('rt')).kind).toBe('CLIENT_REJECTED');
      expect([tried, noted]).toEqual([[BASIC, POST], []]);
    },
  );

  it('the other method waits for its turn where one is remembered', async () => {
    const known = { remembered: () => Promise.resolve(POST), mayTryOther: () => Promise.resolve(false) };
    await connect([BASIC], () => refused(401), known);
    expect((await client.refresh('rt')).kind).toBe('CLIENT_REJECTED');
    await expect(login()).rejects.toThrow('client id or secret');
    expect(tried).toEqual([POST, POST]);
  });
});

describe('a client whose method was chosen', () => {
  it.each([
    [BASIC, /^Basic /, false],
    [POST, undefined, true],
    ['none', undefined, false],
  ] as const)('by %s sends that only, and is not tried by another', async (clientAuthentication, header, isInForm) => {
    provider.answers.set('/token', () => refused(401, 'invalid_client'));
    const memory = { remembered: fail, mayTryOther: fail, accepted: fail };
    client = await ProviderClient.connect(
      provider.settings({ clientAuthentication, authentication: memory }),
      new Clock(),
    );
    await expect(login()).rejects.toThrow(ProviderError);
    expect((await client.refresh('rt')).kind).toBe('CLIENT_REJECTED');
    const asked = provider.asked.filter(({ path }) => path === '/token');
    expect(asked.map(({ form }) => form.get('grant_type'))).toEqual(['authorization_code', 'refresh_token']);
    for (const { authorization, form } of asked) {
      expect(authorization).toEqual(header && expect.stringMatching(header));
      expect(form.has('client_secret')).toBe(isInForm);
    }
  });

  it('by none names itself in the form and logs in with PKCE, without a secret', async () => {
    provider.issues(() => provider.idToken());
    const settings = provider.settings({ clientAuthentication: 'none', clientSecret: null });
    client = await ProviderClient.connect(settings, new Clock());
    expect((await login()).profile.subject).toBe('lin-1');
    expect((await client.refresh('rt')).kind).toBe('TOKENS');
    const forms = provider.asked.filter(({ path }) => path === '/token').map(({ form }) => form);
    expect(forms.map((form) => [form.get('client_id'), form.has('code_verifier')])).toEqual([
      ['mooring', true],
      ['mooring', false],
    ]);
  });
});

function fail(): never {
  throw new Error('The memory is not asked.');
}
