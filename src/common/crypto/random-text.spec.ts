import { describe, expect, it } from '@jest/globals';
import { checksumOf, randomBase62 } from './random-text.js';

describe(randomBase62.name, () => {
  it('gives as many characters as asked for, all of base62', () => {
    expect(randomBase62(1000)).toMatch(/^[0-9A-Za-z]{1000}$/);
  });

  it('does not repeat itself', () => {
    expect(new Set(Array.from({ length: 1000 }, () => randomBase62(30))).size).toBe(1000);
  });
});

describe(checksumOf.name, () => {
  it('changes when two neighbouring characters are swapped', () => {
    expect(checksumOf('mrg_ab')).not.toBe(checksumOf('mrg_ba'));
    expect(checksumOf('mrg_ab')).toMatch(/^[0-9A-Za-z]{6}$/);
  });
});
