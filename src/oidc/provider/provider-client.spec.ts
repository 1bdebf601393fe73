import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { generateKeyPair, JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { callback, checks, SmallProvider } from '../../../test/support/small-provider.js';
import { Clock } from '../../common/runtime/clock.js';
import { ProviderClient } from './provider-client.js';
import { ProviderSettings } from './provider-settings.js';
import { LogoutTokenRefused, ProviderError, ProviderUnavailable } from './provider.errors.js';

let provider: SmallProvider;
let clients: ProviderClient[];

beforeEach(async () => {
  provider = new SmallProvider();
  clients = [];
  await provider.start();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(clients.map((client) => client.close()));
  await provider.stop();
});

async function connected(changes: Partial<ProviderSettings> = {}, clock = new Clock()): Promise<ProviderClient> {
  const client = await ProviderClient.connect(provider.settings(changes), clock);
  clients.push(client);
  return client;
}

async function login(from: URL = callback()) {
  return (await connected()).exchange(from, checks);
}

/** What makes any ID token one that must not be taken. */
function lies(): JWTPayload[] {
  const now = Math.floor(Date.now() / 1000);
  return [
    { aud: 'other' },
    { aud: undefined },
    { aud: ['mooring', 'other'] },
    { aud: ['mooring', 'other'], azp: 'other' },
    { iss: 'https://other.example' },
    { sub: undefined },
    { iat: undefined },
    { exp: now - 60 },
    { exp: undefined },
    { nbf: now + 60 },
  ];
}

describe('a refresh through ProviderClient', () => {
  const refreshed = async (idToken: string) => {
    const client = await connected({ groupsClaim: null });
    const before = await provider.idToken();
    return client.verifyRefreshed({ idToken, accessToken: null, refreshToken: null, expiresIn: null }, before);
  };

  it('gives a token of the same person that is meant for us', async () => {
    const idToken = await provider.idToken({ nonce: undefined });
    expect(await refreshed(idToken)).toMatchObject({ idToken, groups: null });
    const forSeveral = await provider.idToken({ nonce: undefined, aud: ['mooring', 'other'], azp: 'mooring' });
    expect(await refreshed(forSeveral)).toMatchObject({ idToken: forSeveral });
  });

  it('is refused when person, issuer, audience or a time of the ID token is wrong', async () => {
    for (const lie of [{ sub: 'somebody-else' }, ...lies()])
      await expect(refreshed(await provider.idToken(lie))).rejects.toThrow(ProviderError);
  });

  it.each<[string, JWTPayload, boolean | undefined]>([
    ['another subject', { sub: 'somebody-else' }, true],
    ['another issuer', { iss: 'https://other.example' }, true],
    ['another audience', { aud: 'other' }, false],
    ['another audience and subject', { aud: 'other', sub: 'somebody-else' }, true],
    ['no audience', { aud: undefined }, false],
    ['another authorized party', { aud: ['mooring', 'other'], azp: 'other' }, false],
    ['an old time', { exp: 1 }, undefined],
    ['no time', { iat: undefined }, undefined],
    ['no subject', { sub: undefined }, undefined],
  ])('is unclear, or no answer, when the ID token has %s', async (_what, lie, isForeign) => {
    const error = await refreshed(await provider.idToken({ nonce: undefined, ...lie })).catch(
      (refusal: unknown) => refusal,
    );
    expect(error).toBeInstanceOf(ProviderError);
    expect((error as { isForeign?: boolean }).isForeign).toBe(isForeign);
  });

  it('is refused when the ID token is unsigned, signed by another key, or with the client secret', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const shared = new TextEncoder().encode('s-e_c.r~e t!'.padEnd(32));
    const bySecret = new SignJWT(provider.claims()).setProtectedHeader({ alg: 'HS256' }).sign(shared);
    const forged = [new UnsecuredJWT(provider.claims()).encode(), provider.idToken({}, privateKey), bySecret];
    for (const token of forged) await expect(refreshed(await token)).rejects.toThrow(ProviderError);
  });
});

describe('a login through ProviderClient', () => {
  it('gives tokens and a profile when everything is right', async () => {
    const { tokens, profile } = await login();
    expect(tokens).toMatchObject({ accessToken: 'at', refreshToken: 'rt' });
    expect(Math.abs(tokens.expiresAt.getTime() - Date.now() - 300_000)).toBeLessThan(10_000);
    expect(profile).toMatchObject({ subject: 'lin-1', email: 'lin@example.com', groups: ['crew'] });
    const { form } = provider.asked.find(({ path }) => path === '/token')!;
    expect(Object.fromEntries(form)).toMatchObject({
      code: 'the-code',
      code_verifier: checks.pkceVerifier,
      redirect_uri: 'https://mooring.example/c/oidc/callback',
    });
  });

  it('is refused when the signature is of another key', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    provider.issues(() => provider.idToken({}, privateKey));
    await expect(login()).rejects.toThrow(ProviderError);
  });

  it('is refused when the ID token is unsigned, or signed with the client secret', async () => {
    provider.issues(() => new UnsecuredJWT(provider.claims()).encode());
    await expect(login()).rejects.toThrow(ProviderError);
    const shared = new TextEncoder().encode('s-e_c.r~e t!'.padEnd(32));
    provider.issues(() => new SignJWT(provider.claims()).setProtectedHeader({ alg: 'HS256' }).sign(shared));
    await expect(login()).rejects.toThrow(ProviderError);
  });

  it('is refused when nonce, audience, issuer or a time of the ID token is wrong', async () => {
    for (const lie of [{ nonce: 'other' }, { nonce: undefined }, ...lies()]) {
      provider.issues(() => provider.idToken(lie));
      await expect(login()).rejects.toThrow(ProviderError);
    }
  });

  it('judges the times of a token by our clock as it is at the moment, give or take half a minute', async () => {
    const clock = new Clock();
    const client = await connected({}, clock);
    const issued = Date.now();
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(issued + 325_000));
    await expect(client.exchange(callback(), checks)).resolves.toBeDefined();
    const token = await provider.idToken();
    provider.issues(() => token);
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(issued + 3_600_000));
    await expect(client.exchange(callback(), checks)).rejects.toThrow('compare the clocks');
  });

  it('is refused without an ID token', async () => {
    provider.issues(() => undefined);
    await expect(login()).rejects.toThrow(ProviderError);
  });

  it('is refused when userinfo is about somebody else', async () => {
    provider.answers.set('/userinfo', () => ({ body: { sub: 'mallory', email: 'm@example.com' } }));
    await expect(login()).rejects.toThrow(ProviderError);
  });

  it('is refused when the state is another or the callback names another issuer', async () => {
    await expect(login(callback({ state: 'other' }))).rejects.toThrow(ProviderError);
    await expect(login(callback({ iss: 'https://other.example' }))).rejects.toThrow(ProviderError);
    expect(provider.timesAsked('/token')).toBe(0);
  });

  it('is to be tried again when the provider is out of order at any step that a login needs', async () => {
    for (const path of ['/token', '/keys']) {
      const healthy = provider.answers.get(path)!;
      for (const status of [500, 503, 429]) {
        provider.answers.set(path, () => ({ status, body: {} }));
        await expect(login()).rejects.toThrow(ProviderUnavailable);
      }
      provider.answers.set(path, healthy);
    }
  });

  it('names the client credentials when those are refused, in the body or by a challenge', async () => {
    provider.answers.set('/token', () => ({ status: 400, body: { error: 'invalid_client' } }));
    await expect(login()).rejects.toThrow('client id or secret');
    const headers = { 'www-authenticate': 'Basic realm="id"' };
    provider.answers.set('/token', () => ({ status: 401, headers, body: { error: 'invalid_client' } }));
    await expect(login()).rejects.toThrow('client id or secret');
  });

  it('keeps tokens, claims and bodies out of its errors', async () => {
    provider.issues(() => provider.idToken({ nonce: 'other', email: 'lin@example.com' }));
    const error = await login().catch((refused: Error) => refused);
    expect(error).toBeInstanceOf(ProviderError);
    expect((error as ProviderError).cause).toBeUndefined();
    expect(JSON.stringify(error)).not.toMatch(/lin|eyJ/);
  });

  it('fetches the keys once more when a token names a key not seen before, and not at each such token', async () => {
    const client = await connected();
    await client.exchange(callback(), checks);
    await client.exchange(callback(), checks);
    expect(provider.timesAsked('/keys')).toBe(1);
    await provider.rotate('second');
    const later = Date.now() + 6_000;
    jest.spyOn(Date, 'now').mockImplementation(() => later);
    await client.exchange(callback(), checks);
    expect(provider.timesAsked('/keys')).toBe(2);
    provider.kid = 'invented';
    provider.answers.set('/keys', () => ({ body: { keys: [] } }));
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(client.verifyLogoutToken(await provider.idToken())).rejects.toThrow(LogoutTokenRefused);
    }
    expect(provider.timesAsked('/keys')).toBe(2);
  });
});

describe(ProviderClient, () => {
  it('authenticates by Basic, or by the form where the provider publishes only that', async () => {
    await login();
    const basic = Buffer.from('mooring:s-e_c.r~e+t%21').toString('base64');
    expect(provider.asked.find(({ path }) => path === '/token')).toMatchObject({ authorization: `Basic ${basic}` });
    provider.asked.length = 0;
    const document = { ...provider.document(), token_endpoint_auth_methods_supported: ['client_secret_post'] };
    provider.answers.set('/.well-known/openid-configuration', () => ({ body: document }));
    await login();
    const { authorization, form } = provider.asked.find(({ path }) => path === '/token')!;
    expect([authorization, form.get('client_secret')]).toEqual([undefined, 's-e_c.r~e t!']);
  });

  it('adds nonce, PKCE and the extra parameters to the redirect, and nothing can replace the former', async () => {
    const extraRedirectParameters = [
      { name: 'prompt', value: 'consent' },
      { name: 'nonce', value: 'forged' },
    ];
    const client = await connected({ extraRedirectParameters });
    expect(client.authorizationUrl).toBe(`${provider.issuer}/authorize`);
    expect(client.authorizationParameters({ nonce: 'n', codeChallenge: 'c' })).toEqual({
      prompt: 'consent',
      nonce: 'n',
      code_challenge: 'c',
      code_challenge_method: 'S256',
    });
  });

  it('refuses a provider that calls itself otherwise and shows both names', async () => {
    await expect(connected({ issuer: `${provider.issuer}/` })).rejects.toThrow(`"${provider.issuer}/"`);
    provider.answers.set('/.well-known/openid-configuration', () => ({
      body: { ...provider.document(), issuer: 'https://other.example' },
    }));
    await expect(connected()).rejects.toThrow(
      `"https://other.example", but the OIDC endpoint is set to "${provider.issuer}"`,
    );
  });

  it('refuses a discovery document that is missing or no JSON object', async () => {
    for (const answer of [{ status: 404, body: {} }, { body: 'hello' }, { body: 'null' }, { body: [] }]) {
      provider.answers.set('/.well-known/openid-configuration', () => answer);
      await expect(connected()).rejects.toThrow(ProviderError);
    }
  });
});
