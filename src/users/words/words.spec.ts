import { describe, expect, it } from '@jest/globals';
import { hasWords, LONGEST_WORD, searchedWords, wordsOf } from './words.js';

const LIN = { username: 'lin.van-der-Berg', realName: 'Ólafur LIN', email: 'L.Berg@example.org' };

describe(wordsOf, () => {
  it('are the folded runs of letters and digits of name, real name and address, each once', () => {
    expect(wordsOf(LIN)).toEqual(['lin', 'van', 'der', 'berg', 'ólafur', 'l', 'example', 'org']);
    expect(wordsOf({ username: 'a1_b2', realName: null, email: null })).toEqual(['a1', 'b2']);
    expect(wordsOf({ username: '張偉', realName: 'ﬁn ２', email: null })).toEqual(['張偉', 'fin', '2']);
  });

  it('are bounded in length and number', () => {
    const long = 'x'.repeat(255);
    expect(wordsOf({ username: long, realName: null, email: null })).toEqual(['x'.repeat(LONGEST_WORD)]);
    const many = Array.from({ length: 100 }, (_, index) => String(index)).join(' ');
    expect(wordsOf({ username: 'n', realName: many, email: null })).toHaveLength(17);
  });
});

describe(hasWords, () => {
  it.each([
    ['lin', true],
    ['LI', true],
    ['berg lin', true],
    ['ólaf', true],
    ['l.berg', true],
    ['org', true],
    ['in', false],
    ['lin kim', false],
  ])('finds by beginnings of words, all of them: %s', (search, isFound) => {
    expect(hasWords(LIN, searchedWords(search))).toBe(isFound);
  });

  it('finds a text by each of its beginnings, however long', () => {
    const email = `${Array.from({ length: 60 }, (_, index) => `${index}`).join('.')}@example.org`;
    for (const username of [email, 'y'.repeat(255)]) {
      for (let length = 1; length <= username.length; length++) {
        const start = searchedWords(username.slice(0, length));
        expect(hasWords({ username, realName: null, email }, start)).toBe(true);
      }
    }
  });

  it('finds no words in a search without letters and digits, and none in the beginning of an address', () => {
    expect([searchedWords(' -_.'), searchedWords('lin@ex')]).toEqual([[], []]);
  });
});
