import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Asked, Handler, InspectedProvider, json } from '../../../test/support/inspected-provider.js';
import { PushedRequestCheck } from './pushed-request-check.js';

const OURS = 'https://mooring.example/c/oidc/callback';
const ACCEPTED = { request_uri: 'urn:ietf:params:oauth:request_uri:private', expires_in: 60 };

describe(PushedRequestCheck, () => {
  let provider: InspectedProvider;
  beforeEach(async () => {
    provider = await InspectedProvider.start();
    provider.document = { pushed_authorization_request_endpoint: `${provider.issuer}/par` };
  });
  afterEach(() => provider.stop());

  const isOurs = ({ form }: Asked) => form.get('redirect_uri') === OURS;
  const answer = (handler: Handler) => provider.handlers.set('/par', handler);
  const report = async (stepDeadlineMs?: number) => {
    const { of, checks } = await provider.inspect({}, stepDeadlineMs);
    expect(JSON.stringify(checks)).not.toMatch(/private|right client secret/);
    expect(provider.at('/authorize')).toEqual([]);
    expect(provider.at('/par').length).toBeLessThanOrEqual(2);
    return (name: string) => of(name).status;
  };

  it('passes a redirect URI that is taken where another one is refused, and the scope with it', async () => {
    answer((asked, response) =>
      isOurs(asked)
        ? json(response, ACCEPTED, 201)
        : json(response, { error: 'invalid_request', error_description: 'redirect_uri is not registered' }, 400),
    );
    const status = await report();
    expect([status('REDIRECT_URI'), status('SCOPES')]).toEqual(['PASSED', 'PASSED']);
    const [{ form, headers } = { form: undefined, headers: {} }] = provider.at('/par');
    expect(headers.authorization).toMatch(/^Basic /);
    expect(Object.fromEntries(form ?? [])).toMatchObject({
      prompt: 'none',
      client_id: 'mooring',
      scope: expect.any(String),
    });
  });

  const always = (body: unknown, status: number) => (_asked: Asked, response: Parameters<Handler>[1]) =>
    json(response, body, status);
  it.each<[string, Handler, string, string]>([
    ['every redirect URI is taken', always(ACCEPTED, 201), 'SKIPPED', 'PASSED'],
    ['invalid_request', always({ error: 'invalid_request' }, 400), 'FAILED', 'SKIPPED'],
    ['invalid_redirect_uri', always({ error: 'invalid_redirect_uri' }, 400), 'FAILED', 'SKIPPED'],
    ['invalid_scope', always({ error: 'invalid_scope' }, 400), 'SKIPPED', 'FAILED'],
    [
      'invalid_scope, and the other redirect URI refused',
      (asked, response) => json(response, { error: isOurs(asked) ? 'invalid_scope' : 'invalid_redirect_uri' }, 400),
      'PASSED',
      'FAILED',
    ],
    [
      'invalid_request for scopes, as Keycloak answers here',
      always({ error: 'invalid_request', error_description: 'Invalid scopes: openid profile squads' }, 400),
      'SKIPPED',
      'FAILED',
    ],
    [
      'invalid_request for the redirect URI and the scope',
      always({ error: 'invalid_request', error_description: 'redirect_uri or scope not allowed' }, 400),
      'FAILED',
      'SKIPPED',
    ],
    ['a refusal of the client', always({ error: 'invalid_client' }, 401), 'SKIPPED', 'SKIPPED'],
    ['a page', (_asked, response) => void response.end('<p>private</p>'), 'SKIPPED', 'SKIPPED'],
    ['a page under 404', (_asked, response) => void response.writeHead(404).end('private'), 'SKIPPED', 'SKIPPED'],
    ['204', (_asked, response) => void response.writeHead(204).end(), 'SKIPPED', 'SKIPPED'],
    [
      'a redirect',
      (_asked, response) => void response.writeHead(302, { location: '/par' }).end(),
      'SKIPPED',
      'SKIPPED',
    ],
    ['201 without a request_uri', always({ expires_in: 60 }, 201), 'SKIPPED', 'SKIPPED'],
    ['a request_uri that is no text', always({ request_uri: 7 }, 201), 'SKIPPED', 'SKIPPED'],
    ['a request_uri under 400', always(ACCEPTED, 400), 'SKIPPED', 'SKIPPED'],
    ['400 with a sentence', always({ error: 'Something is not right' }, 400), 'SKIPPED', 'SKIPPED'],
    ['400 with a sentence about it', always({ error: 'The redirect URI is not valid' }, 400), 'FAILED', 'SKIPPED'],
    [
      'invalid_request for the redirect URI',
      always({ error: 'invalid_request', error_description: 'redirect_uri is not allowed' }, 400),
      'FAILED',
      'SKIPPED',
    ],
    [
      'invalid_request for something else',
      always({ error: 'invalid_request', error_description: 'prompt=none is not supported' }, 400),
      'SKIPPED',
      'SKIPPED',
    ],
    [
      'invalid_request for something else, but another one is refused as a redirect URI',
      (asked, response) =>
        json(
          response,
          isOurs(asked)
            ? { error: 'invalid_request', error_description: 'prompt=none is not supported' }
            : { error: 'invalid_redirect_uri' },
          400,
        ),
      'PASSED',
      'SKIPPED',
    ],
    ['429', always({ error: 'invalid_request' }, 429), 'SKIPPED', 'SKIPPED'],
    ['401 with a page', (_asked, response) => void response.writeHead(401).end('private'), 'SKIPPED', 'SKIPPED'],
    ['10 MB', (_asked, response) => void response.end('x'.repeat(10_000_000)), 'SKIPPED', 'SKIPPED'],
    ['503', always({ error: 'server_error' }, 503), 'SKIPPED', 'SKIPPED'],
  ])('reads %s', async (_what, handler, redirectUri, scope) => {
    answer(handler);
    const status = await report();
    expect([status('REDIRECT_URI'), status('SCOPES')]).toEqual([redirectUri, scope]);
  });

  it('fails the client where only this endpoint refuses it, and the code flow where it may not use it', async () => {
    answer(always({ error: 'invalid_client', error_description: 'no such client' }, 401));
    expect((await report())('CLIENT_CREDENTIALS')).toBe('FAILED');
    provider.asked.length = 0;
    answer(always({ error: 'unauthorized_client' }, 400));
    expect((await report())('AUTHORIZATION_CODE_FLOW')).toBe('FAILED');
  });

  it('asks by the other method of authentication before it says that the client is refused', async () => {
    answer((asked, response) =>
      asked.form.get('client_secret') === null
        ? json(response, { error: 'invalid_client' }, 401)
        : json(response, ACCEPTED, 201),
    );
    const { of } = await provider.inspect();
    expect(of('CLIENT_CREDENTIALS').status).toBe('SKIPPED');
    expect([of('SCOPES').status, of('REDIRECT_URI').status]).toEqual(['PASSED', 'SKIPPED']);
  });

  it('does not fail a client that only something before this endpoint refuses', async () => {
    answer((_asked, response) => void response.writeHead(401, { 'www-authenticate': 'Basic' }).end());
    expect((await report())('CLIENT_CREDENTIALS')).toBe('SKIPPED');
  });

  it('does not wait for silence', async () => {
    answer(() => undefined);
    expect((await report(300))('REDIRECT_URI')).toBe('SKIPPED');
  });

  it('is not asked by a client whose secret is refused, nor at an address that is no endpoint', async () => {
    provider.handlers.set('/token', always({ error: 'invalid_client' }, 401));
    expect((await report())('REDIRECT_URI')).toBe('SKIPPED');
    expect(provider.at('/par')).toEqual([]);
    provider.document = { pushed_authorization_request_endpoint: 'http://169.254.169.254/par' };
    await provider.inspect();
    expect(provider.at('/authorize')).toHaveLength(2);
  });
});
