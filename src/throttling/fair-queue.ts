import { RateLimited } from '../common/common.errors.js';

const RETRY_AFTER_SECONDS = 1;

/** How much is done and waits at once. */
export interface QueueLimits {
  readonly atOnce: number;
  /** How many of one source may wait. */
  readonly waitingEach: number;
  /** How many may wait in all. */
  readonly waiting: number;
}

interface Waiter {
  readonly begin: () => void;
  readonly turnAway: () => void;
}

/**
 * Expensive work, some of it at once. The sources of what waits take turns, so that none of them makes another one wait
 * for more than a round; where the queue is full, the source with the most in it gives up its last place to one that has
 * less.
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
   * @param source whom it is for, of those who share
   * @throws {RateLimited} where too much of this source waits, or the queue is full
   */
  async run<T>(source: string, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.atOnce) await this.turnOf(source);
    else this.running++;
    try {
      return await work();
    } finally {
      // The place goes straight to the next in line, so that nobody who comes meanwhile can slip in.
      if (!this.beginNext()) this.running--;
    }
  }

  private async turnOf(source: string): Promise<void> {
    const own = this.waiters.get(source) ?? [];
    if (own.length >= this.limits.waitingEach) throw new RateLimited(RETRY_AFTER_SECONDS);
    if (this.waiting >= this.limits.waiting) this.makeRoom(own.length + 1);
    this.waiting++;
    await new Promise<void>((begin, reject) => {
      own.push({ begin, turnAway: () => reject(new RateLimited(RETRY_AFTER_SECONDS)) });
      this.waiters.set(source, own);
    });
  }

  private makeRoom(needed: number): void {
    const [first, ...others] = this.waiters.keys();
    const sizeOf = (source: string) => this.waiters.get(source)?.length ?? 0;
    const largest = others.reduce((most, source) => (sizeOf(source) > sizeOf(most) ? source : most), first ?? '');
    const last = sizeOf(largest) > needed ? this.waiters.get(largest)?.pop() : undefined;
    if (!last) throw new RateLimited(RETRY_AFTER_SECONDS);
    this.waiting--;
    last.turnAway();
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
