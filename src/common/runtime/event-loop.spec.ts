import { describe, expect, it } from '@jest/globals';
import { yieldToEventLoop } from './event-loop.js';

describe(yieldToEventLoop, () => {
  it('lets all who ask in one turn go on together, and who asks later in a later one', async () => {
    const order: string[] = [];
    const step = (name: string) => order.push(name);
    const work = async (name: string) => {
      await yieldToEventLoop();
      step(`${name} reads`);
      await Promise.resolve();
      step(`${name} answers`);
    };
    const both = Promise.all([work('first'), work('second')]);
    expect(order).toEqual([]);
    await both;
    expect(order).toEqual(['first reads', 'second reads', 'first answers', 'second answers']);
    const before = yieldToEventLoop();
    await before;
    expect(yieldToEventLoop()).not.toBe(before);
  });
});
