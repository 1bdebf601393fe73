import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { Clock } from '../../common/runtime/clock.js';
import { assertionAlgorithm, credentialsAt } from './client-assertion.js';

const PROVIDER = { issuer: 'https://id.example.com', token_endpoint: 'https://id.example.com/token' };
const listing = (listed: readonly string[] | null) => ({
  ...PROVIDER,
  token_endpoint_auth_signing_alg_values_supported: listed,
});
const pairs = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const client = {
  ...{ clientId: 'mooring', clientSecret: null },
  assertionKeys: (alg: keyof typeof pairs) => Promise.resolve({ kid: `k-${alg}`, privateKey: pairs[alg].privateKey }),
};

describe(assertionAlgorithm, () => {
  it.each([
    [null, 'RS256'],
    [[], 'RS256'],
    [['RS256'], 'RS256'],
    [['RS256', 'ES256', 'PS256'], 'ES256'],
    [['ES384', 'RS256'], 'RS256'],
  ])('for a provider that lists %j is %s', (listed, expected) => {
    expect(assertionAlgorithm(listing(listed))).toBe(expected);
  });

  it.each([[['PS256', 'EdDSA']], [['HS256']]])('is none for a provider that lists %j', (listed) => {
    expect(() => assertionAlgorithm(listing(listed))).toThrow('neither ES256 nor RS256');
  });
});

describe(credentialsAt, () => {
  it.each(['ES256', 'RS256'] as const)(
    'signs by %s, for the issuer as one text, for 60 seconds, each time anew',
    async (alg) => {
      const { assertion } = credentialsAt(client, listing([alg]), new Clock());
      const signed = [await assertion(), await assertion()];
      const seen = await Promise.all(signed.map((one) => jwtVerify(one, pairs[alg].publicKey)));
      for (const { payload, protectedHeader } of seen) {
        expect(protectedHeader).toEqual({ alg, kid: `k-${alg}`, typ: 'JWT' });
        expect(payload).toMatchObject({ iss: 'mooring', sub: 'mooring', aud: PROVIDER.issuer });
        expect(payload.exp! - payload.iat!).toBe(60);
      }
      expect(new Set(seen.map(({ payload }) => payload.jti)).size).toBe(2);
    },
  );

  it('signs for the token endpoint where the setting says so', async () => {
    const older = { ...client, clientAssertionAudience: 'token_endpoint' as const };
    const assertion = await credentialsAt(older, listing(null), new Clock()).assertion();
    expect((await jwtVerify(assertion, pairs.RS256.publicKey)).payload.aud).toBe(PROVIDER.token_endpoint);
  });
});
