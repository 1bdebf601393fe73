import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { KeyRing, publicJwkOf, TokenKey } from './key-ring.js';

const start = new Date('2026-01-01T12:00:00Z');
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
const keyFrom = (id: string, signsFrom: Date): TokenKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { id, privateKey, publicKey, jwk: publicJwkOf(publicKey), signsFrom };
};
const [first, second] = [keyFrom('first', start), keyFrom('second', minutes(10))];
const ring = new KeyRing({ privateKey: first.privateKey, certificate: '' }, [first, second]);
const idsOf = (keys: readonly TokenKey[]) => keys.map(({ id }) => id);

describe(KeyRing.name, () => {
  it('signs with the key whose turn came last', () => {
    expect(ring.signingAt(minutes(9)).id).toBe('first');
    expect(ring.signingAt(minutes(10)).id).toBe('second');
  });

  it('signs with the only key also where clocks differ', () => {
    expect(ring.signingAt(minutes(-5)).id).toBe('first');
  });

  it('publishes a key before it signs, and until every token of it has ended', () => {
    expect(idsOf(ring.publishedAt(minutes(0)))).toEqual(['second', 'first']);
    expect(idsOf(ring.publishedAt(minutes(70)))).toEqual(['second', 'first']);
    expect(idsOf(ring.publishedAt(minutes(71)))).toEqual(['second']);
    expect(idsOf(ring.endedAt(minutes(71)))).toEqual(['first']);
  });
});

describe(publicJwkOf.name, () => {
  it('names a key by its thumbprint, and tells nothing private', () => {
    expect(Object.keys(first.jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(first.jwk.kid).toMatch(/^[\w-]{43}$/);
  });
});
