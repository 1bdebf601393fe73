import { describe, expect, it } from '@jest/globals';
import { nextTurn } from './event-loop.js';

describe(nextTurn, () => {
  it('lets all who ask in one turn go on together, and who asks later in a later one', async () => {
    const order: string[] = [];
    const step = (name: string) => order.push(name);
    const work = async (name: string) => {
      await nextTurn();
      step(`${name} reads`);
      await Promise.resolve();
      step(`${name} answers`);
    };
    const both = Promise.all([work('first'), work('second')]);
    expect(order).toEqual([]);
    await both;
    expect(order).toEqual(['first reads', 'second reads', 'first answers', 'second answers']);
    const before = nextTurn();
    await before;
    expect(nextTurn()).not.toBe(before);
  });
});
