import { describe, expect, it } from '@jest/globals';
import { yieldToEventLoop } from '../runtime/event-loop.js';
import { JoinedWrites } from './joined-writes.js';

describe(JoinedWrites, () => {
  it('writes the items of one turn together, and those that come meanwhile after them', async () => {
    const rounds: (readonly number[])[] = [];
    let later: Promise<void> | undefined;
    const writes = new JoinedWrites<number>(async (items) => {
      rounds.push([...items]);
      later ??= Promise.all([writes.add(3), writes.add(4)]).then(() => undefined);
      await yieldToEventLoop();
    });
    await Promise.all([writes.add(1), writes.add(2)]);
    expect(rounds).toEqual([[1, 2]]);
    await later;
    expect(rounds).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('tells each caller only when its own item is written', async () => {
    let release = () => undefined as void;
    const writes = new JoinedWrites<number>(() => new Promise<void>((written) => (release = written)));
    let isTold = false;
    const told = writes.add(1).then(() => (isTold = true));
    for (let turn = 0; turn < 5; turn++) await yieldToEventLoop();
    expect(isTold).toBe(false);
    release();
    await told;
  });

  it('writes no more than 256 at once', async () => {
    const sizes: number[] = [];
    const writes = new JoinedWrites<number>((items) => Promise.resolve(sizes.push(items.length)));
    await Promise.all(Array.from({ length: 600 }, (_, number) => writes.add(number)));
    expect(sizes).toEqual([256, 256, 88]);
  });

  it('fails for those whose round failed, and for nobody else', async () => {
    let isFailing = true;
    const writes = new JoinedWrites<string>(() => (isFailing ? Promise.reject(new Error('away')) : Promise.resolve()));
    const lost = await Promise.allSettled([writes.add('a'), writes.add('b')]);
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isFailing = false;
    await expect(writes.add('c')).resolves.toBeUndefined();
  });
});
