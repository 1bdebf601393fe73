import { RateLimited } from '../common/errors/common.errors.js';

const RETRY_AFTER_SECONDS = 1;

/** How much is done and waits at once. */
export interface QueueLimits {
  readonly atOnce: number;
  /** How many of one source may wait. */
  readonly waitingEach: number;
  /** How many may wait in all. */
  readonly waiting: number;
}

/** Whom work is for. */
export interface QueueSource {
  readonly source: string;
  /** Sources that one stranger may have all of, as the blocks of a network. */
  readonly crowd: string;
}

interface Waiter {
  readonly crowd: string;
  readonly begin: () => void;
  readonly turnAway: () => void;
}

/**
 * Expensive work, some of it at once. The sources of what waits take turns, so that none of them makes another one wait
 * for more than a round; where the queue is full, the crowd with the most in it gives up a place to one that has less,
 * and inside a crowd the source with the most gives up its last.
 */
export class FairQueue {
  private running = 0;
  private waiting = 0;
  /** In the order in which they are served next. */
  private readonly waiters = new Map<string, Waiter[]>();

  constructor(private readonly limits: QueueLimits) {}

  /**
   * Does some work when its turn has come.
   *
   * @param from whom it is for, of those who share
   * @throws {RateLimited} where too much of this source waits, or the queue is full
   */
  async run<T>(from: QueueSource, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.atOnce) await this.turnOf(from);
    else this.running++;
    try {
      return await work();
    } finally {
      // The place goes straight to the next in line, so that nobody who comes meanwhile can slip in.
      if (!this.beginNext()) this.running--;
    }
  }

  private async turnOf({ source, crowd }: QueueSource): Promise<void> {
    const own = this.waiters.get(source) ?? [];
    if (own.length >= this.limits.waitingEach) throw new RateLimited(RETRY_AFTER_SECONDS);
    if (this.waiting >= this.limits.waiting) this.makeRoom(crowd, own.length);
    this.waiting++;
    await new Promise<void>((begin, reject) => {
      own.push({ crowd, begin, turnAway: () => reject(new RateLimited(RETRY_AFTER_SECONDS)) });
      this.waiters.set(source, own);
    });
  }

  private makeRoom(crowd: string, ofSource: number): void {
    const sizes = this.sizesOfCrowds();
    const [most, size] = [...sizes].reduce((one, other) => (other[1] > one[1] ? other : one));
    const isOthers = size > (sizes.get(crowd) ?? 0) + 1;
    const largest = this.largestOf(isOthers ? most : crowd);
    const last = isOthers || largest.length > ofSource + 1 ? largest.pop() : undefined;
    if (!last) throw new RateLimited(RETRY_AFTER_SECONDS);
    this.waiting--;
    last.turnAway();
  }

  private sizesOfCrowds(): Map<string, number> {
    const sizes = new Map<string, number>();
    for (const { crowd } of [...this.waiters.values()].flat()) sizes.set(crowd, (sizes.get(crowd) ?? 0) + 1);
    return sizes;
  }

  /** What waits of the source of a crowd that has the most. */
  private largestOf(crowd: string): Waiter[] {
    const sources = [...this.waiters.values()].filter(([first]) => first?.crowd === crowd);
    return sources.reduce((most, own) => (own.length > most.length ? own : most), []);
  }

  private beginNext(): boolean {
    for (const [source, own] of this.waiters) {
      const next = own.shift();
      this.waiters.delete(source);
      if (own.length > 0) this.waiters.set(source, own);
      if (!next) continue;
      this.waiting--;
      next.begin();
      return true;
    }
    return false;
  }
}
