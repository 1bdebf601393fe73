import { describe, expect, it } from '@jest/globals';
import { KeySuccession } from './key-succession.js';

const at = (second: number) => new Date(second * 1000);
const key = (id: string, second: number) => ({ id, signsFrom: at(second) });
const ids = (keys: readonly { readonly id: string }[]) => keys.map(({ id }) => id);

describe(KeySuccession.name, () => {
  const keys = new KeySuccession([key('old', 0), key('new', 60)], 10_000);

  it.each([
    [-1, 'old', ['new', 'old'], []],
    [0, 'old', ['new', 'old'], []],
    [59, 'old', ['new', 'old'], []],
    [60, 'new', ['new', 'old'], []],
    [69, 'new', ['new', 'old'], []],
    [70, 'new', ['new'], ['old']],
  ])('at second %d signs with the %s key, publishes %j, and has done with %j', (second, signing, published, ended) => {
    expect(keys.signingAt(at(second))?.id).toBe(signing);
    expect(ids(keys.publishedAt(at(second)))).toEqual(published);
    expect(ids(keys.endedAt(at(second)))).toEqual(ended);
  });

  it('keeps keys that start at the same time, in whatever order they are read', () => {
    const twins = [key('a', 60), key('b', 60)];
    for (const order of [twins, [...twins].reverse()]) {
      const succession = new KeySuccession([key('old', 0), ...order], 10_000);
      expect(ids(succession.endedAt(at(1000)))).toEqual(['old']);
    }
  });

  it('has no key where there is none', () => expect(new KeySuccession([], 0).signingAt(at(0))).toBeUndefined());
});
