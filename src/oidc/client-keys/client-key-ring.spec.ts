import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { ClientKeyRing, clientJwkOf } from './client-key-ring.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const at = (minutes: number) => new Date(Date.UTC(2027, 0, 1, 0, minutes));
const key = (id: string, minutes: number, algorithm: 'ES256' | 'RS256' = 'ES256') => ({
  ...{ id, algorithm, privateKey, signsFrom: at(minutes) },
  jwk: clientJwkOf(privateKey, algorithm),
});
const ids = (keys: readonly { readonly id: string }[]) => keys.map(({ id }) => id);

describe(ClientKeyRing, () => {
  const ring = new ClientKeyRing([key('old', 0), key('rsa', 0, 'RS256'), key('new', 60)]);

  it.each([
    [0, 'old', ['new', 'old', 'rsa']],
    [59, 'old', ['new', 'old', 'rsa']],
    [60, 'new', ['new', 'old', 'rsa']],
    [119, 'new', ['new', 'old', 'rsa']],
    [120, 'new', ['new', 'rsa']],
  ])('after %d minutes signs with the %s key, and publishes %j', (minutes, signing, published) => {
    expect(ring.signingAt('ES256', at(minutes))?.id).toBe(signing);
    expect(ids(ring.publishedAt(at(minutes)))).toEqual(published);
  });

  it.each([
    ['which can be opened', ['old', 'rsa', 'new'], 120, ['old']],
    ['which can be opened', ['old', 'rsa', 'new'], 119, []],
    ['an old one of which can not', ['rsa', 'new'], 120, ['old']],
    ['the newest of which can not: the old one still signs', ['old', 'rsa'], 500, []],
  ])('has keys %s (%j), and after %d minutes those ended: %j', (_what, opened, minutes, ended) => {
    const stored = [key('old', 0), key('rsa', 0, 'RS256'), key('new', 60)];
    const some = new ClientKeyRing(stored.filter(({ id }) => opened.includes(id)));
    expect(some.endedAt(stored, at(minutes))).toEqual(ended);
  });

  it('has a key only for the algorithms of its keys', () => {
    expect(ring.signingAt('RS256', at(500))?.id).toBe('rsa');
    expect(new ClientKeyRing([]).signingAt('ES256', at(0))).toBeUndefined();
  });
});

describe(clientJwkOf, () => {
  it.each([
    [privateKey, 'ES256'],
    [rsa, 'RS256'],
  ] as const)('has nothing private, and the thumbprint as its ID', async (of, algorithm) => {
    const jwk = clientJwkOf(of, algorithm);
    expect(Object.keys(jwk)).not.toEqual(expect.arrayContaining(['d']));
    expect(jwk).toMatchObject({ kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: 'sig' });
  });
});
