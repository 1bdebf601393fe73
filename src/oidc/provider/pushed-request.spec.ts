import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmallProvider } from '../../../test/support/small-provider.js';
import { Clock } from '../../common/runtime/clock.js';
import { ProviderClient } from './provider-client.js';
import { ProviderSettings } from './provider-settings.js';
import { PushedRequests } from './pushed-request.js';

const REQUEST_URI = 'urn:ietf:params:oauth:request_uri:once & only';
const REQUEST = {
  state: 'the-state',
  parameters: { prompt: 'login', nonce: 'n', code_challenge: 'c', state: 'theirs' },
};
const SECRET = 's-e_c.r~e t!';

describe(PushedRequests, () => {
  let provider: SmallProvider;
  beforeEach(async () => {
    provider = new SmallProvider();
    await provider.start();
    publish({ require_pushed_authorization_requests: true });
    answers(201, { request_uri: REQUEST_URI, expires_in: 60 });
  });
  afterEach(() => provider.stop());

  const publish = (changes: object) => {
    const endpoint = { pushed_authorization_request_endpoint: `${provider.issuer}/par` };
    const body = { ...provider.document(), ...endpoint, ...changes };
    provider.answers.set('/.well-known/openid-configuration', () => ({ body }));
  };
  const answers = (status: number, body: unknown, headers = {}) =>
    void provider.answers.set('/par', () => ({ status, headers, body }));
  const connected = (changes: Partial<ProviderSettings> = {}) =>
    ProviderClient.connect(provider.settings(changes), new Clock(), 2_000);
  const pushed = async (changes: Partial<ProviderSettings> = {}) => {
    const client = await connected(changes);
    try {
      return await client.pushedLoginUrl(REQUEST);
    } finally {
      await client.close();
    }
  };
  const refusal = (changes: Partial<ProviderSettings> = {}) =>
    pushed(changes).then(
      (url) => ({ code: url, message: '', detail: '' }),
      ({ code, message, detail }: Record<'code' | 'message' | 'detail', string>) => ({ code, message, detail }),
    );
  const requests = () => provider.asked.filter(({ path }) => path === '/par');

  it('sends the whole request with the authentication of the client, and the browser only client id and request_uri', async () => {
    publish({ authorization_endpoint: `${provider.issuer}/authorize?tenant=1` });
    const url = new URL(await pushed({ pushedAuthorizationRequests: 'always' }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: '1',
      client_id: 'mooring',
      request_uri: REQUEST_URI,
    });
    const [{ form, authorization }] = requests() as [(typeof provider.asked)[number]];
    expect(authorization).toMatch(/^Basic /);
    expect(Object.fromEntries(form)).toEqual({
      ...{ response_type: 'code', client_id: 'mooring', scope: 'openid email', state: 'the-state' },
      ...{ redirect_uri: 'https://mooring.example/c/oidc/callback', nonce: 'n', code_challenge: 'c', prompt: 'login' },
    });
  });

  it.each([
    [false, 'automatic', false],
    [true, 'automatic', true],
    [false, 'always', true],
  ] as const)('is used where the document says %s and the setting %s: %s', async (required, wish, isPushing) => {
    publish({ require_pushed_authorization_requests: required });
    const client = await connected({ pushedAuthorizationRequests: wish });
    expect(client.isPushing).toBe(isPushing);
    await client.close();
  });

  it('pushes each login anew, by the method that was accepted', async () => {
    provider.answers.set('/par', () => {
      const isPost = provider.asked.at(-1)?.form.has('client_secret');
      return isPost
        ? { status: 201, body: { request_uri: REQUEST_URI } }
        : { status: 401, body: { error: 'invalid_client' } };
    });
    const client = await connected();
    for (const _login of [1, 2]) await client.pushedLoginUrl(REQUEST);
    await client.close();
    expect(requests().map(({ authorization }) => authorization === undefined)).toEqual([false, true, true]);
  });

  it('never falls back to a plain request where there is no endpoint', async () => {
    for (const at of [undefined, 'http://169.254.169.254/par', 'ftp://x/', 'http://10.0.0.1/par']) {
      publish({ pushed_authorization_request_endpoint: at, require_pushed_authorization_requests: true });
      const { code, message } = await refusal();
      expect([code, message]).toEqual(['PROVIDER_ERROR', expect.stringContaining('no usable endpoint')]);
    }
    expect(requests()).toEqual([]);
  });

  const told = (error: unknown, error_description?: unknown) => ({ error, error_description });
  it.each<[string, number, unknown, string, RegExp]>([
    ['too many requests, told in a code', 429, told('slow_down', 'later'), 'PROVIDER_UNAVAILABLE', /did not answer/],
    ['trouble, told in a code of its own', 502, told('bad_gateway'), 'PROVIDER_UNAVAILABLE', /did not answer/],
    ['trouble of the moment', 503, told('temporarily_unavailable'), 'PROVIDER_UNAVAILABLE', /at the moment/],
    ['a refused client', 401, told('invalid_client'), 'PROVIDER_ERROR', /client id or secret/],
    ['a client that is refused under 400', 400, told('invalid_client'), 'PROVIDER_ERROR', /client id or secret/],
    ['a client that is refused without a word', 401, '', 'PROVIDER_ERROR', /client id or secret/],
    ['a refused flow', 400, told('unauthorized_client'), 'PROVIDER_ERROR', /as a client for this login/],
    ['a refused scope', 400, told('invalid_scope', 'no email'), 'PROVIDER_ERROR', /ask for the scope `email`/],
    [
      "a refused scope in Keycloak's words",
      400,
      told('invalid_request', 'Invalid scopes: openid email'),
      'PROVIDER_ERROR',
      /ask for the scope `email`/,
    ],
    [
      'a refused redirect URI',
      400,
      told('invalid_request', 'redirect_uri'),
      'PROVIDER_ERROR',
      /does not accept the request/,
    ],
    ['a refused person', 403, told('access_denied'), 'LOGIN_DENIED', /does not let you/],
    ['trouble', 503, told('temporarily_unavailable'), 'PROVIDER_UNAVAILABLE', /at the moment/],
    ['silence', 503, '<p>', 'PROVIDER_UNAVAILABLE', /did not answer in time/],
    ['too many requests', 429, {}, 'PROVIDER_UNAVAILABLE', /did not answer in time/],
    ['a page', 200, '<p>', 'PROVIDER_ERROR', /not a JSON object/],
    ['no endpoint there', 404, 'nothing', 'PROVIDER_ERROR', /HTTP 404 without an error code/],
    ['no request_uri', 201, { expires_in: 60 }, 'PROVIDER_ERROR', /no usable `request_uri`/],
    ['a request_uri that is empty', 201, { request_uri: '' }, 'PROVIDER_ERROR', /no usable `request_uri`/],
    ['a request_uri that is no text', 201, { request_uri: { $: 1 } }, 'PROVIDER_ERROR', /no usable `request_uri`/],
    ['a request_uri without end', 201, { request_uri: 'u'.repeat(2001) }, 'PROVIDER_ERROR', /no usable `request_uri`/],
    ['a request_uri beside an error', 201, { request_uri: 'u', error: 'x' }, 'PROVIDER_ERROR', /ended the login/],
    ['an answer without end', 201, { request_uri: 'x'.repeat(1_100_000) }, 'PROVIDER_ERROR', /too long/],
  ])('tells %s', async (_what, status, body, code, message) => {
    answers(status, body);
    expect(await refusal()).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('follows no redirect', async () => {
    for (const status of [302, 307, 308]) {
      answers(status, '', { location: `${provider.issuer}/elsewhere` });
      expect((await refusal()).message).toContain('answered with a redirect');
    }
    expect(provider.timesAsked('/elsewhere')).toBe(0);
  });

  it.each([
    `${SECRET} is wrong`,
    `got ${encodeURIComponent(SECRET)}`,
    `header ${Buffer.from(`mooring:${SECRET}`).toString('base64')}`,
    'assertion eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJtIn0.c2ln',
  ])('does not tell what the provider quotes of the credentials: %s', async (quoted) => {
    answers(400, told('invalid_request', quoted));
    const { message, detail } = await refusal();
    expect([message, detail]).toEqual([expect.stringContaining('does not accept the request'), 'invalid_request']);
    answers(400, told(quoted, quoted));
    expect((await refusal()).detail).toBe('an unknown error code');
  });
});
