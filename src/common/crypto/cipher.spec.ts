import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { CannotOpen, Cipher } from './cipher.js';

const place = { table: 'cli_secrets', column: 'sealed_secret', row: 'a' };

describe(Cipher.name, () => {
  it('opens what it sealed, at the same place', () => {
    const cipher = new Cipher([randomBytes(32)]);
    expect(cipher.open(cipher.seal('tide ∿', place), place)).toBe('tide ∿');
  });

  it.each([
    ['row', { ...place, row: 'b' }],
    ['column', { ...place, column: 'digest' }],
    ['table', { ...place, table: 'users' }],
  ])('opens nothing that was moved to another %s', (_what, elsewhere) => {
    const cipher = new Cipher([randomBytes(32)]);
    expect(() => cipher.open(cipher.seal('x', place), elsewhere)).toThrow(CannotOpen);
  });

  it('seals with the first key and opens with each', () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)];
    const sealedBefore = new Cipher([older]).seal('x', place);
    const both = new Cipher([newer, older]);
    expect(both.open(sealedBefore, place)).toBe('x');
    expect(new Cipher([newer]).open(both.seal('y', place), place)).toBe('y');
  });

  it.each(['', 'v1', 'v1..', 'v2.a.b', 'v1.abcdefgh.AAAA'])('refuses %j, which it never sealed', (text) => {
    expect(() => new Cipher([randomBytes(32)]).open(text, place)).toThrow(CannotOpen);
  });

  it('refuses a text of which one bit was changed', () => {
    const cipher = new Cipher([randomBytes(32)]);
    const [version, key, body = ''] = cipher.seal('x', place).split('.');
    const bytes = Buffer.from(body, 'base64url');
    bytes[13] = (bytes[13] ?? 0) ^ 1;
    expect(() => cipher.open([version, key, bytes.toString('base64url')].join('.'), place)).toThrow(CannotOpen);
  });
});
