import { describe, expect, it } from '@jest/globals';
import { readingRisks } from './reading-risks.js';

describe(readingRisks, () => {
  it.each([
    ['plain', null],
    ['Zoë Müller', null],
    ['Bjørn', null],
    ['l\u0456n', 'U+0456'],
    ['lin\u202Enimda', 'U+202E'],
    ['a\u200Bb', 'U+200B'],
    ['\u0430dmin', 'U+0430'],
    ['\u{1D5C5}\u{1D5C2}\u{1D5C7}@example.com', 'U+1D5C5, U+1D5C2, U+1D5C7'],
    ['lin\uFF20example.com', 'U+FF20'],
    ['lin@example\u2024com', 'U+2024'],
    ['\u212Aim', 'U+212A'],
    ['\uFB01nn', 'U+FB01'],
    ['山田\u3000太郎', null],
    ['Jos\u00e9 \u00d8stergaard-Wei\u00df', null],
    [null, null],
  ])('names what can deceive the reader of %j: %s', (text, named) => {
    const risks = readingRisks({ email: text });
    expect(risks).toEqual(named === null ? [] : [expect.stringContaining(named)]);
  });

  it('names a few characters of each text, however long it is', () => {
    const text = Array.from({ length: 200 }, (_, index) =>
      String.fromCodePoint(0x2060 + (index % 5), 0xe000 + index),
    ).join('');
    const [risk] = readingRisks({ subject: text, email: null });
    expect(risk?.match(/U\+/g)).toHaveLength(5);
  });
});
