import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../../common/text/case-folding.js';
import { nearestValidName, problemOfForm, storedForm, UsernameProblem } from './username.js';

const { EMPTY, FORBIDDEN_CHARACTER, TOO_LONG } = UsernameProblem;
const codePoint = (number: number) => `U+${number.toString(16).toUpperCase().padStart(4, '0')}`;

// A short text of letters, blanks and signs near the rules' borders, or of anything at all.
const wanted = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aZ9é-_.@+ \t,:"~#%$/\\\u0301\u200b\u202eяа漢かカㄅ한ßİﬁ'), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
);

describe(problemOfForm, () => {
  it.each(['a', 'lin', 'Lin.Marsh', 'lin-marsh_2', 'lin@example.com', "o'neill", 'a+b', '(a)', 'á', '42', '@'])(
    'takes %s',
    (name) => {
      expect(problemOfForm(name)).toBeUndefined();
    },
  );

  it('refuses an empty name', () => {
    expect(problemOfForm('')).toBe(EMPTY);
  });

  it.each([...',:"~#%$/\\'])('refuses a name with %s in it', (character) => {
    for (const name of [character, `a${character}`, `${character}a`, `a${character}b`]) {
      expect(problemOfForm(name)).toBe(FORBIDDEN_CHARACTER);
    }
  });

  it.each([...'：，＂～＃％＄／＼﹪'])('refuses %s, which folds to a forbidden character', (character) => {
    expect(problemOfForm(`a${character}b`)).toBe(FORBIDDEN_CHARACTER);
  });

  it.each([0x20, 0xa0, 0x1680, 0x2003, 0x202f, 0x205f, 0x3000, 0x2028, 0x2029].map((at) => [codePoint(at), at]))(
    'refuses the blank %s at any place',
    (_code, at) => {
      const blank = String.fromCodePoint(Number(at));
      for (const name of [blank, ` ${blank}`, `a${blank}`, `${blank}a`, `a${blank}b`]) {
        expect(problemOfForm(name)).toBe(FORBIDDEN_CHARACTER);
      }
    },
  );

  it('refuses every control character', () => {
    const controls = Array.from({ length: 0xa0 }, (_, at) => String.fromCodePoint(at)).filter((c) => /\p{Cc}/u.test(c));
    expect(controls).toHaveLength(65);
    for (const control of controls) expect(problemOfForm(`a${control}b`)).toBe(FORBIDDEN_CHARACTER);
  });

  it.each(
    [
      ['soft hyphen', 0xad],
      ['combining grapheme joiner', 0x34f],
      ['Hangul filler', 0x3164],
      ['zero-width space', 0x200b],
      ['zero-width joiner', 0x200d],
      ['word joiner', 0x2060],
      ['byte-order mark', 0xfeff],
      ['variation selector', 0xfe0f],
      ['tag', 0xe0041],
      ['right-to-left mark', 0x200f],
      ['right-to-left override', 0x202e],
      ['right-to-left isolate', 0x2067],
      ['private-use character', 0xe000],
      ['lone surrogate', 0xd800],
      ['unassigned code point', 0x378],
    ].map(([what, at]) => [what, codePoint(Number(at)), at]),
  )('refuses the invisible or bidirectional: %s, %s', (_what, _code, at) => {
    expect(problemOfForm(`ad${String.fromCodePoint(Number(at))}min`)).toBe(FORBIDDEN_CHARACTER);
  });

  it.each([
    ['a Cyrillic a in Latin', '\u0430dmin'],
    ['a Greek o in Latin', 'r\u03bfot'],
    ['an Armenian o in Latin', 'r\u0585ot'],
    ['Latin in Cyrillic', 'линa'],
    ['Hangul in Japanese', 'かな한'],
    ['Bopomofo in Japanese', 'かなㄅ'],
    ['Cyrillic in Greek', 'αя'],
    ['Cherokee in Latin', 'a\u13a0'],
  ])('refuses scripts that are not written together: %s', (_what, name) => {
    expect(problemOfForm(name)).toBe(FORBIDDEN_CHARACTER);
  });

  it.each([
    ['Japanese with Latin', '漢字かなカナabc'],
    ['a Japanese long vowel', 'サーバー'],
    ['Korean with Latin', '한국漢abc'],
    ['Chinese with Bopomofo', '漢ㄅab'],
    ['Cyrillic', 'лин'],
    ['Greek', 'λιν'],
    ['Arabic', 'مرسى'],
    ['Hebrew', 'מעגן'],
    ['Thai', 'ท่าเรือ'],
    ['Devanagari with a vowel sign', 'हिन्दी'],
    ['digits and signs beside one script', 'лин-2.0'],
  ])('takes one script, and those of one language: %s', (_what, name) => {
    expect(problemOfForm(name)).toBeUndefined();
  });

  it('counts code points: 255 are the most', () => {
    for (const letter of ['a', 'я', '漢', '\u{20000}']) {
      expect(problemOfForm(letter.repeat(255))).toBeUndefined();
      expect(problemOfForm(letter.repeat(256))).toBe(TOO_LONG);
    }
  });

  it('counts the name as it is stored, so that composing may make it short enough', () => {
    expect(problemOfForm('e\u0301'.repeat(255))).toBeUndefined();
    expect(problemOfForm('e\u0301'.repeat(256))).toBe(TOO_LONG);
  });

  it('counts the folded name too, which may be longer than the name as written', () => {
    expect(problemOfForm('ﬁ'.repeat(127))).toBeUndefined();
    expect(problemOfForm('ﬁ'.repeat(128))).toBe(TOO_LONG);
  });

  it('refuses a very long text without normalising it', () => {
    expect(problemOfForm('e\u0301'.repeat(1_000_000))).toBe(TOO_LONG);
  });
});

describe(storedForm, () => {
  it('keeps case and width as written, and composes', () => {
    expect(storedForm('Line\u0301 ﬁ')).toBe('Lin\u00e9 ﬁ');
  });
});

describe('two spellings of a name', () => {
  it.each([
    ['admin', 'ADMIN'],
    ['admin', 'ａｄｍｉｎ'],
    ['Zoë', 'zoe\u0308'],
    ['ΣΑΣ', 'σασ'],
  ])('are one name when they differ by case, width or composition alone: %s and %s', (one, other) => {
    expect([problemOfForm(one), problemOfForm(other)]).toEqual([undefined, undefined]);
    expect(fold(storedForm(one))).toBe(fold(other));
  });

  it('fold the same as their stored form', () => {
    fc.assert(
      fc.property(wanted, (name) => {
        expect(fold(storedForm(name))).toBe(fold(name));
      }),
    );
  });
});

describe(nearestValidName, () => {
  it('gives a valid name or none', () => {
    fc.assert(
      fc.property(wanted, (name) => {
        const made = nearestValidName(name);
        if (made !== null) expect(problemOfForm(made)).toBeUndefined();
      }),
      { numRuns: 3_000 },
    );
  });

  it('leaves a valid name as it is, but for its stored form', () => {
    fc.assert(
      fc.property(wanted, (name) => {
        fc.pre(problemOfForm(name) === undefined);
        expect(nearestValidName(name)).toBe(storedForm(name));
      }),
      { numRuns: 500 },
    );
  });

  it('does not change what it made', () => {
    fc.assert(
      fc.property(wanted, (name) => {
        const made = nearestValidName(name);
        fc.pre(made !== null);
        expect(nearestValidName(made)).toBe(made);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['Lin Marsh', 'Lin_Marsh'],
    ['  Lin   Marsh ', 'Lin_Marsh'],
    ['Marsh, Lin', 'Marsh_Lin'],
    ['DOMAIN\\lin', 'DOMAINlin'],
    ['a/b:c', 'abc'],
    ['li\u200bn', 'lin'],
  ])('makes %j %s', (name, made) => {
    expect(nearestValidName(name)).toBe(made);
  });

  it.each(['', '   x'.trim().slice(1), '///', '\u200b', '\u0430dmin'])('finds no name in %j', (name) => {
    expect(nearestValidName(name)).toBeNull();
  });

  it('cuts a long name to 255 code points', () => {
    expect([...(nearestValidName('\u{20000}'.repeat(400)) ?? '')]).toHaveLength(255);
  });
});
