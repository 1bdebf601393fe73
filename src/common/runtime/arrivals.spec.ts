import { describe, expect, it } from '@jest/globals';
import { Arrivals } from './arrivals.js';
import { yieldToEventLoop } from './event-loop.js';

describe(Arrivals, () => {
  it('lets a request go on at once while requests come one by one, and lets them wait after a turn with several', async () => {
    const arrivals = new Arrivals();
    const turn = async (count: number) => {
      const outcomes = Array.from({ length: count }, () => arrivals.noteOne());
      await yieldToEventLoop();
      return outcomes;
    };
    expect(await turn(1)).toEqual([true]);
    expect(await turn(1)).toEqual([true]);
    expect(await turn(3)).toEqual([true, false, false]);
    expect(await turn(2)).toEqual([false, false]);
    expect(await turn(1)).toEqual([false]);
    expect(await turn(1)).toEqual([true]);
  });
});
