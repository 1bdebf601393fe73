import { describe, expect, it } from '@jest/globals';
import { yieldToEventLoop } from '../runtime/event-loop.js';
import { LastUses, WriteBehind } from './write-behind.js';

describe(LastUses, () => {
  it('writes the last moment of each once, goes on where one fails, and lets others pass in between', async () => {
    const written: [string, number][] = [];
    const failures: unknown[] = [];
    const write = (key: string, at: Date) => {
      written.push([key, at.getTime()]);
      return key === 'broken' ? Promise.reject(new Error('away')) : Promise.resolve();
    };
    const uses = new LastUses<string>(write, (error) => failures.push(error));
    for (const [key, at] of [
      ['lin', 1],
      ['broken', 2],
      ['sam', 3],
      ['lin', 4],
    ] as const)
      uses.note(key, new Date(at));
    let writtenWhenOthersPassed = 0;
    setImmediate(() => (writtenWhenOthersPassed = written.length));
    await uses.flush();
    expect(written).toEqual([
      ['lin', 4],
      ['broken', 2],
      ['sam', 3],
    ]);
    expect(failures).toEqual([new Error('away')]);
    expect(writtenWhenOthersPassed).toBe(1);
    await uses.flush();
    expect(written).toHaveLength(3);
  });

  it('writes several by one call where they can be, and goes on after one that fails', async () => {
    const written: (readonly (readonly [string, number])[])[] = [];
    const failures: unknown[] = [];
    const write = (entries: readonly (readonly [string, number])[]) => {
      written.push(entries);
      return written.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve();
    };
    const joined = (_before: number | undefined, next: number) => next;
    const behind = new WriteBehind<string, number>(joined, { most: 2, write }, (error) => void failures.push(error));
    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ] as const)
      behind.note(key, value);
    await behind.flush();
    expect(written).toEqual([
      [
        ['a', 3],
        ['b', 2],
      ],
      [['c', 4]],
    ]);
    expect(failures).toEqual([new Error('away')]);
    await behind.flush();
    expect(written).toHaveLength(2);
  });

  it('waits for a round that is under way, so that a process which ends loses none of it', async () => {
    const written: string[] = [];
    const uses = new LastUses<string>(
      async (key) => {
        await yieldToEventLoop();
        written.push(key);
      },
      () => undefined,
    );
    for (const key of ['lin', 'sam']) uses.note(key, new Date());
    void uses.flush();
    uses.note('ada', new Date());
    await uses.flush();
    expect(written).toEqual(['lin', 'sam', 'ada']);
  });

  it('tells of the first failure only, until a value was stored again', async () => {
    const failures: unknown[] = [];
    let isFailing = true;
    const write = () => (isFailing ? Promise.reject(new Error('read-only')) : Promise.resolve());
    const behind = new WriteBehind<string, number>(
      (_before, next) => next,
      write,
      (error) => void failures.push(error),
    );
    const round = async (...keys: string[]) => {
      for (const key of keys) behind.note(key, 1);
      await behind.flush();
    };
    await round('a', 'b', 'c');
    await round('a');
    expect(failures).toHaveLength(1);
    isFailing = false;
    await round('a');
    isFailing = true;
    await round('a', 'b');
    expect(failures).toHaveLength(2);
  });
});
