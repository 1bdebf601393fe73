import { describe, expect, it } from '@jest/globals';
import { checksumOf } from '../common/crypto/random-text.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { chosenSecret, generatedSecret } from './cli-secret-text.js';

describe('A CLI secret', () => {
  it('that is generated holds more than 160 random bits in base62, and check characters that fit', () => {
    const secret = generatedSecret().reveal();
    const [, body = '', check] = /^(mrg_[0-9A-Za-z]{32})([0-9A-Za-z]{6})$/.exec(secret) ?? [];
    expect(32 * Math.log2(62)).toBeGreaterThan(160);
    expect(check).toBe(checksumOf(body));
  });

  it('that is generated is never the same twice', () => {
    const secrets = Array.from({ length: 1000 }, () => generatedSecret().reveal());
    expect(new Set(secrets).size).toBe(1000);
  });

  it.each(['Abcdefg1', `Aa1${'x'.repeat(125)}`, 'Ünïcode-Größe-1'])('may be chosen as %j', (text) => {
    expect(chosenSecret(new SecretText(text)).reveal()).toBe(text);
  });

  it.each(['Abcdef1', `Aa1${'x'.repeat(126)}`, 'abcdefg1', 'ABCDEFG1', 'Abcdefgh', 'mrg_Abcdefg1', ''])(
    'may not be chosen as %j',
    (text) => {
      expect(() => chosenSecret(new SecretText(text))).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
    },
  );
});
