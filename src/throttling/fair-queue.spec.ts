import { describe, expect, it } from '@jest/globals';
import { RateLimited } from '../common/errors/common.errors.js';
import { FairQueue } from './fair-queue.js';

const LIMITS = { atOnce: 1, waitingEach: 3, waiting: 5 };

/** Named jobs for a queue that end on demand. */
class Work {
  readonly begun: string[] = [];
  readonly refused: string[] = [];
  private readonly ends = new Map<string, () => void>();
  private readonly queue = new FairQueue(LIMITS);

  /** The first letter of a name is the source of the job; a part before a dash is its crowd. */
  async ask(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const [crowd, own = name] = name.includes('-') ? name.split('-') : [];
      const work = () => new Promise<void>((end) => this.ends.set(name, end) && this.begun.push(name));
      const source = own.charAt(0);
      this.queue.run({ source, crowd: crowd ?? source }, work).catch((error: unknown) => {
        expect(error).toBeInstanceOf(RateLimited);
        this.refused.push(name);
      });
      await settled();
    }
  }

  async end(): Promise<void> {
    this.ends.get(this.begun.at(-1) ?? '')?.();
    await settled();
  }

  async endAll(): Promise<void> {
    for (let before = -1; before < this.begun.length;) {
      before = this.begun.length;
      await this.end();
    }
  }
}

/** Waits until all pending promise callbacks have run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe(FairQueue.name, () => {
  it('lets sources take turns, whoever came first with how much', async () => {
    const work = new Work();
    await work.ask('a1', 'a2', 'a3', 'a4', 'b1', 'c1');
    await work.endAll();
    expect(work.begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
    expect(work.refused).toEqual([]);
  });

  it('lets so many of one source wait, and others all the same', async () => {
    const work = new Work();
    await work.ask('a1', 'a2', 'a3', 'a4', 'a5', 'b1');
    await work.endAll();
    expect(work.refused).toEqual(['a5']);
    expect(work.begun).toContain('b1');
  });

  it('takes the last place of the source with the most for one that has less, where it is full', async () => {
    const work = new Work();
    await work.ask('a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1', 'd1');
    expect(work.refused).toEqual(['a4', 'a3']);
    await work.ask('b3', 'e1', 'f1');
    expect(work.refused).toEqual(['a4', 'a3', 'b3', 'b2', 'f1']);
    await work.endAll();
    expect(work.begun).toEqual(['a1', 'a2', 'b1', 'c1', 'd1', 'e1']);
  });

  it('takes it of the crowd with the most, so that nobody fills it with the many sources that are theirs', async () => {
    const work = new Work();
    await work.ask('x-a1', 'x-a2', 'x-b1', 'x-c1', 'x-d1', 'x-e1', 'y-f1', 'y-g1', 'y-h1', 'x-i1');
    expect(work.refused).toEqual(['x-a2', 'x-b1', 'y-h1', 'x-i1']);
    await work.endAll();
    expect(work.begun).toEqual(['x-a1', 'x-c1', 'x-d1', 'x-e1', 'y-f1', 'y-g1']);
  });

  it('gives place inside a crowd too, to the source that has less', async () => {
    const work = new Work();
    await work.ask('x-a1', 'x-a2', 'x-a3', 'x-a4', 'x-b1', 'x-b2', 'x-c1');
    expect(work.refused).toEqual(['x-a4']);
  });

  it('goes on after work that fails, and has all its places again once nothing is left', async () => {
    const queue = new FairQueue(LIMITS);
    await expect(queue.run({ source: 'a', crowd: 'a' }, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    const work = new Work();
    await work.ask('a1', 'a2', 'a3', 'a4');
    await work.endAll();
    await work.ask('a5', 'a6', 'a7', 'a8');
    expect(work.refused).toEqual([]);
    expect(await queue.run({ source: 'a', crowd: 'a' }, () => Promise.resolve('done'))).toBe('done');
  });
});
