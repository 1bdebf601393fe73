import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitsFolded, fold } from './case-folding.js';

describe(fold, () => {
  it('gives the same text folded twice as folded once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(fold(fold(name))).toBe(fold(name));
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the same text for every normal form of a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const forms = (['NFC', 'NFD', 'NFKC', 'NFKD'] as const).map((form) => fold(name.normalize(form)));
        expect(new Set(forms)).toEqual(new Set([fold(name)]));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['case', 'Lin', 'lIN'],
    ['width', 'ｌｉｎ', 'lin'],
    ['ligatures', 'ﬁn', 'fin'],
    ['composition', 'e\u0301', '\u00e9'],
    ['compatible signs', '\u212bngström', 'ångström'],
  ])('does not tell names apart by %s', (_what, one, other) => {
    expect(fold(one)).toBe(fold(other));
  });

  it('keeps names apart that differ by more', () => {
    expect(new Set(['lin', 'lín', 'lin-2', 'l1n'].map(fold)).size).toBe(4);
  });
});

describe(fitsFolded, () => {
  it.each([
    ['a'.repeat(255), true],
    ['a'.repeat(256), false],
    ['\u{20000}'.repeat(255), true],
    ['a\ufe0f'.repeat(128), false],
    ['\ufdfa'.repeat(14), true],
    ['\ufdfa'.repeat(15), false],
    ['e\u0301'.repeat(127), true],
  ])('counts the code points of a text and of its folded form (%#)', (text, fits) => {
    expect(fitsFolded(text, 255)).toBe(fits);
  });
});
