import { describe, expect, it } from '@jest/globals';
import { yieldToEventLoop } from './event-loop.js';
import { TurnValues } from './turn-values.js';

describe(TurnValues, () => {
  it('computes equal values of a turn once, and anew in the next turn', async () => {
    const values = new TurnValues<string>();
    const computed: string[] = [];
    const of = (key: string) =>
      values.of(key, () => {
        computed.push(key);
        return `value of ${key}`;
      });
    expect(['a', 'b', 'a'].map(of)).toEqual(['value of a', 'value of b', 'value of a']);
    await Promise.resolve();
    expect(of('a')).toBe('value of a');
    expect(computed).toEqual(['a', 'b']);
    await yieldToEventLoop();
    expect(of('a')).toBe('value of a');
    expect(computed).toEqual(['a', 'b', 'a']);
  });

  it('keeps a bounded number of values, and computes the others each time', () => {
    const values = new TurnValues<number>();
    let computed = 0;
    for (let round = 0; round < 2; round++) {
      for (let key = 0; key < 300; key++) expect(values.of(`${key}`, () => (computed++, key))).toBe(key);
    }
    expect(computed).toBe(300 + 44);
  });
});
