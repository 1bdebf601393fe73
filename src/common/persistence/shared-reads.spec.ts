import { beforeEach, describe, expect, it } from '@jest/globals';
import { yieldToEventLoop } from '../runtime/event-loop.js';
import { Answers, MOST_TOGETHER, SharedReads } from './shared-reads.js';

const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}`);

describe(SharedReads, () => {
  /** The keys of each statement, in order. */
  let statements: (readonly string[])[];
  /** What the database holds. */
  let rows: Map<string, string>;
  let reads: SharedReads<string>;
  let readAll: (keys: readonly string[]) => Promise<Answers<string>>;
  beforeEach(() => {
    statements = [];
    rows = new Map();
    readAll = (keys) => {
      const found = keys.flatMap((key) => (rows.has(key) ? [[key, rows.get(key) ?? ''] as const] : []));
      return Promise.resolve(new Map(found));
    };
    reads = new SharedReads((keys) => {
      statements.push(keys);
      return readAll(keys);
    });
  });

  const all = (keys: readonly string[]) => Promise.all(keys.map((key) => reads.read(key)));
  /** After this, the next turn waits for company. */
  const inCompany = async () => {
    await all(['first', 'second']);
    await yieldToEventLoop();
    statements = [];
  };

  it('reads at once what is asked for alone', async () => {
    for (const key of ['a', 'b']) {
      const answer = reads.read(key);
      expect(statements.at(-1)).toEqual([key]);
      await answer;
      await yieldToEventLoop();
    }
  });

  it('reads what is asked for in one turn in one statement, equal keys once, and answers each by its key', async () => {
    await inCompany();
    rows.set('a', 'answer a').set('b', 'answer b');
    expect(await all(['a', 'b', 'none', 'a'])).toEqual(['answer a', 'answer b', undefined, 'answer a']);
    expect(statements).toEqual([['a', 'b', 'none']]);
  });

  it('lets nobody who comes later join those who come together, though the first of a turn has begun', async () => {
    expect(await all(['a', 'b', 'c'])).toEqual([undefined, undefined, undefined]);
    expect(statements).toEqual([['a'], ['b', 'c']]);
  });

  it('begins after every request that it answers, and keeps nothing', async () => {
    await inCompany();
    const early = reads.read('a');
    rows.set('a', 'written after the request');
    expect(await early).toBe('written after the request');
    rows.set('a', 'written after the answer');
    expect(await reads.read('a')).toBe('written after the answer');
    rows.delete('a');
    expect(await all(['a', 'a'])).toEqual([undefined, undefined]);
  });

  it('never answers from a statement that is under way, however many of them are', async () => {
    await inCompany();
    const begun: (() => void)[] = [];
    const stored = readAll;
    readAll = async (keys) => {
      const found = await stored(keys);
      await new Promise<void>((resolve) => begun.push(resolve));
      return found;
    };
    rows.set('a', 'before');
    const slow = reads.read('a');
    await yieldToEventLoop();
    rows.set('a', 'after');
    const later = reads.read('a');
    await yieldToEventLoop();
    begun.forEach((finish) => finish());
    expect(await slow).toBe('before');
    await yieldToEventLoop();
    begun.forEach((finish) => finish());
    expect(await later).toBe('after');
    expect(statements).toEqual([['a'], ['a']]);
  });

  it('delays nobody because of a statement that is slow', async () => {
    await inCompany();
    const stored = readAll;
    readAll = () => new Promise(() => undefined);
    void reads.read('slow');
    await yieldToEventLoop();
    readAll = stored;
    rows.set('quick', 'answer');
    expect(await reads.read('quick')).toBe('answer');
  });

  it(`reads ${MOST_TOGETHER} keys a statement at the most, and serves whoever asks first first`, async () => {
    await inCompany();
    const asked = names(2 * MOST_TOGETHER + 1);
    const answered: string[] = [];
    await Promise.all(asked.map((key) => reads.read(key).then(() => answered.push(key))));
    expect(statements.map(({ length }) => length)).toEqual([MOST_TOGETHER, MOST_TOGETHER, 1]);
    expect(statements.flat()).toEqual(asked);
    expect(answered).toEqual(asked);
  });

  it('fails the requests of a failing statement, and no others', async () => {
    await inCompany();
    const asked = names(MOST_TOGETHER + 1);
    const stored = readAll;
    readAll = (keys) => (keys.includes('name-0') ? Promise.reject(new Error('failed')) : stored(keys));
    const outcomes = await Promise.allSettled(asked.map((key) => reads.read(key)));
    const failed = outcomes.map(({ status }) => status === 'rejected');
    expect(failed).toEqual(asked.map((_, index) => index < MOST_TOGETHER));
    expect(await reads.read('name-0').catch((error: Error) => error.message)).toBe('failed');
    expect(await reads.read('name-1')).toBe(undefined);
  });

  it('fails its request if a statement throws before it is sent', async () => {
    readAll = () => {
      throw new Error('thrown');
    };
    await expect(reads.read('alone')).rejects.toThrow('thrown');
    await expect(all(['a', 'b'])).rejects.toThrow('thrown');
  });
});
