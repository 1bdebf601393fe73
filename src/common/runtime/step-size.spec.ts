import { describe, expect, it } from '@jest/globals';
import { StepSize } from './step-size.js';

describe(StepSize, () => {
  it('grows by steps of twice as much while they are quick, up to the most', () => {
    const size = new StepSize(4, 10);
    const sizes = [1, 2, 3, 4, 5].map(() => {
      const { next } = size;
      size.note(next, 0.5);
      return next;
    });
    expect(sizes).toEqual([1, 2, 4, 8, 10]);
  });

  it('is cut at once to what fits, and never to nothing', () => {
    const size = new StepSize(4, 100);
    for (let step = 0; step < 7; step++) size.note(size.next, 0);
    size.note(64, 16);
    expect(size.next).toBe(16);
    size.note(16, 1_000);
    expect(size.next).toBe(1);
  });
});
