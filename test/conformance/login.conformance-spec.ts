import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import { HOSTILE_CLIENT_SECRET, signWithSecret, SigningPair, unsigned } from '../support/hostile-provider.js';
import { HostileScenario } from '../support/hostile-scenario.js';

// The modules of the OpenID Foundation's conformance suite for relying parties, by their names.
describe('Basic and Config', () => {
  let scenario: HostileScenario;
  let other: SigningPair;
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    other = await SigningPair.make('other');
  });
  afterAll(() => scenario.close());

  it('oidcc-client-test: logs in by the code flow', async () => {
    const issuer = await scenario.issuer('oidcc-client-test');
    await scenario.loggedIn(issuer);
    expect(issuer.timesAsked('token')).toBe(1);
  });

  it('oidcc-client-test-invalid-iss: refuses an ID token of another issuer', async () => {
    const iss = 'https://other.example.com';
    await scenario.refuses('oidcc-client-test-invalid-iss', { claims: (honest) => ({ ...honest, iss }) });
  });

  it('oidcc-client-test-missing-sub: refuses an ID token without a subject', async () => {
    await scenario.refuses('oidcc-client-test-missing-sub', { claims: ({ sub: _sub, ...claims }) => claims });
  });

  it('oidcc-client-test-invalid-aud: refuses an ID token that is meant for another client', async () => {
    await scenario.refuses('oidcc-client-test-invalid-aud', { claims: (honest) => ({ ...honest, aud: 'another' }) });
  });

  it('oidcc-client-test-missing-aud: refuses an ID token that is meant for nobody', async () => {
    await scenario.refuses('oidcc-client-test-missing-aud', { claims: ({ aud: _aud, ...claims }) => claims });
  });

  it('oidcc-client-test-missing-iat: refuses an ID token that does not say when it was issued', async () => {
    await scenario.refuses('oidcc-client-test-missing-iat', { claims: ({ iat: _iat, ...claims }) => claims });
  });

  it('oidcc-client-test-kid-absent-single-jwks: takes the only key for a token that names none', async () => {
    const sign = (claims: unknown, pair: SigningPair) => pair.sign(claims, { kid: undefined });
    await scenario.loggedIn(await scenario.issuer('oidcc-client-test-kid-absent-single-jwks', { sign }));
  });

  it('oidcc-client-test-kid-absent-multiple-jwks: refuses a token that does not say which of the keys', async () => {
    await scenario.refuses('oidcc-client-test-kid-absent-multiple-jwks', {
      sign: (claims, pair) => pair.sign(claims, { kid: undefined }),
      keys: (honest) => ({ keys: [...honest, other.publicJwk] }),
    });
  });

  it('oidcc-client-test-idtoken-sig-rs256: takes a signature by RS256', async () => {
    await scenario.loggedIn(await scenario.issuer('oidcc-client-test-idtoken-sig-rs256'));
  });

  it('oidcc-client-test-idtoken-sig-none: refuses an ID token that nobody has signed', async () => {
    await scenario.refuses('oidcc-client-test-idtoken-sig-none', {
      sign: unsigned,
      document: (honest) => ({ ...honest, id_token_signing_alg_values_supported: ['RS256', 'none'] }),
    });
  });

  it('oidcc-client-test-invalid-sig-rs256: refuses a signature by another key', async () => {
    const sign = (claims: unknown, { kid }: SigningPair) => other.sign(claims, { kid });
    await scenario.refuses('oidcc-client-test-invalid-sig-rs256', { sign });
  });

  it('oidcc-client-test-invalid-sig-es256: refuses a signature by another elliptic key', async () => {
    const [published, forged] = await Promise.all([SigningPair.make('ec', 'ES256'), SigningPair.make('ec', 'ES256')]);
    await scenario.refuses('oidcc-client-test-invalid-sig-es256', {
      document: (honest) => ({ ...honest, id_token_signing_alg_values_supported: ['ES256'] }),
      keys: () => ({ keys: [published.publicJwk] }),
      sign: (claims) => forged.sign(claims),
    });
  });

  it('oidcc-client-test-invalid-sig-hs256: refuses a signature by a secret, be it the right one', async () => {
    for (const secret of [HOSTILE_CLIENT_SECRET, 'a secret that is another one, and long enough']) {
      await scenario.refuses('oidcc-client-test-invalid-sig-hs256', {
        document: (honest) => ({ ...honest, id_token_signing_alg_values_supported: ['HS256'] }),
        sign: (claims) => signWithSecret(claims, secret),
      });
    }
  });

  it('oidcc-client-test-userinfo-invalid-sub: refuses userinfo of somebody else', async () => {
    await scenario.refuses('oidcc-client-test-userinfo-invalid-sub', {
      userinfo: (honest) => ({ ...honest, sub: 'somebody-else' }),
    });
  });

  it('oidcc-client-test-nonce-invalid: refuses an ID token with another nonce', async () => {
    await scenario.refuses('oidcc-client-test-nonce-invalid', {
      claims: (honest) => ({ ...honest, nonce: 'another' }),
    });
  });

  it('oidcc-client-test-scope-userinfo-claims: asks for scopes, and takes their claims from userinfo', async () => {
    const issuer = await scenario.issuer('oidcc-client-test-scope-userinfo-claims', {
      claims: ({ preferred_username: _name, email: _email, ...claims }) => claims,
    });
    const browser = await scenario.loggedIn(issuer);
    expect((await scenario.me(browser)).email).toBe(`${issuer.username}@example.com`);
    expect(issuer.asked.find(({ endpoint }) => endpoint === 'authorize')?.form.get('scope')).toBe(
      'openid profile email',
    );
  });

  it('oidcc-client-test-client-secret-basic: proves itself by Basic where nothing else is offered', async () => {
    const issuer = await scenario.issuer('oidcc-client-test-client-secret-basic', {
      document: ({ token_endpoint_auth_methods_supported: _methods, ...document }) => document,
    });
    await scenario.loggedIn(issuer);
    const { authorization, form } = issuer.asked.find(({ endpoint }) => endpoint === 'token')!;
    const pair = Buffer.from(`mooring:${HOSTILE_CLIENT_SECRET}`).toString('base64');
    expect([authorization, form.get('client_secret')]).toEqual([`Basic ${pair}`, null]);
  });

  it('oidcc-client-test-discovery-openid-config: takes the endpoints from the discovery document', async () => {
    const issuer = await scenario.issuer('oidcc-client-test-discovery-openid-config');
    await scenario.loggedIn(issuer);
    expect(issuer.asked.map(({ endpoint }) => endpoint)).toEqual([
      ...['discovery', 'authorize', 'token', 'keys', 'userinfo'],
    ]);
  });

  it('oidcc-client-test-discovery-jwks-uri-keys: takes the keys from where the document says', async () => {
    const issuer = await scenario.issuer('oidcc-client-test-discovery-jwks-uri-keys');
    issuer.pair = other;
    issuer.published = [other];
    await scenario.loggedIn(issuer);
    expect(issuer.timesAsked('keys')).toBe(1);
  });

  it('oidcc-client-test-discovery-issuer-mismatch: refuses a document of another issuer', async () => {
    const issuer = await scenario.refuses('oidcc-client-test-discovery-issuer-mismatch', {
      document: (honest) => ({ ...honest, issuer: 'https://other.example.com' }),
    });
    expect(issuer.timesAsked('authorize')).toBe(0);
    const page = await scenario.login(new Browser());
    expect(page.text).toContain('https://other.example.com');
  });

  it('oidcc-client-test-signing-key-rotation: logs in after the key was changed', async () => {
    const issuer = await scenario.issuer('oidcc-client-test-signing-key-rotation');
    await scenario.loggedIn(issuer);
    issuer.pair = other;
    issuer.published = [other];
    await scenario.loggedIn(issuer);
    expect(issuer.timesAsked('keys')).toBe(2);
  });

  it('oidcc-client-test-signing-key-rotation-just-before-signing: logs in while the key is changed', async () => {
    const issuer = await scenario.issuer('oidcc-client-test-signing-key-rotation-just-before-signing', {
      // At each login, so that the key set that was fetched for the one before is stale.
      sign: (claims, current) => {
        issuer.pair = current === other ? scenario.provider.pair : other;
        issuer.published = [issuer.pair];
        return issuer.pair.sign(claims);
      },
    });
    await scenario.loggedIn(issuer);
    await scenario.loggedIn(issuer);
  });
});
