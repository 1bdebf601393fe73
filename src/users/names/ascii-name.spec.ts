import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asciiNameNear } from './ascii-name.js';
import { problemOfForm } from './username.js';

const wanted = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aZ9é-_.@+ \t,:"ßøłœ\u0301\u200b\u202eяa漢İﬁ'), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
);

describe(asciiNameNear, () => {
  it.each([
    ['lin@example.com', 'lin'],
    ['Lin.Marsh@example.com', 'lin.marsh'],
    ['Zoë Müller', 'zoe_muller'],
    ['Søren Łukasz', 'soren_lukasz'],
    ['Weiß', 'weiss'],
    ['WEIẞ', 'weiss'],
    ['İpek Işık', 'ipek_isik'],
    ['Þórður', 'thordur'],
    ['Nguyễn Văn An', 'nguyen_van_an'],
    ["O'Neill", 'oneill'],
    ['Marsh, Lin', 'marsh_lin'],
    ['.lin.-_marsh.', 'lin.marsh'],
    ['DOMAIN\\lin', 'domainlin'],
  ])('makes %j %s', (name, made) => {
    expect(asciiNameNear(name)).toBe(made);
  });

  it.each(['лин', 'лин@example.com', '漢字', 'مرسى', 'Linя', '', '///', '...', '@'])(
    'guesses no name for %j',
    (name) => {
      expect(asciiNameNear(name)).toBeNull();
    },
  );

  it('gives a component of a repository name or none, and leaves it as it is the next time', () => {
    fc.assert(
      fc.property(wanted, (name) => {
        const made = asciiNameNear(name);
        fc.pre(made !== null);
        expect(made).toMatch(/^[a-z0-9]+([._-][a-z0-9]+)*$/);
        expect(problemOfForm(made)).not.toBe('FORBIDDEN_CHARACTER');
        expect(asciiNameNear(made)).toBe(made);
      }),
      { numRuns: 2_000 },
    );
  });
});
