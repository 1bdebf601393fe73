import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isDoneWithin } from './within.js';

describe(isDoneWithin, () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('waits for work that ends in time, and leaves no timer', async () => {
    expect(await isDoneWithin(1_000, Promise.resolve('done'))).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('hands on an error that comes in time', async () => {
    await expect(isDoneWithin(1_000, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('waits no longer, and a later error is nobody’s', async () => {
    let fail = (_error: Error) => undefined as void;
    const work = new Promise<void>((_done, reject) => (fail = reject));
    const isDone = isDoneWithin(1_000, work);
    jest.advanceTimersByTime(1_000);
    expect(await isDone).toBe(false);
    fail(new Error('late'));
    await expect(work).rejects.toThrow('late');
  });
});
