import { RateLimited } from '../common/errors/common.errors.js';

const RETRY_AFTER_SECONDS = 1;

/** How much work runs and waits at the same time. */
export interface QueueLimits {
  readonly atOnce: number;
  /** How many jobs of one source may wait. */
  readonly waitingEach: number;
  /** How many jobs may wait in total. */
  readonly waiting: number;
}

/** The client that a job is for. */
export interface QueueSource {
  readonly source: string;
  /** A group of sources that one client may control, such as the address blocks of one network. */
  readonly crowd: string;
}

interface Waiter {
  readonly crowd: string;
  readonly start: () => void;
  readonly turnAway: () => void;
}

/**
 * A fair queue for expensive work. Sources take turns, so that none delays another by more than one round. If the queue is
 * full, the crowd with the most waiting jobs loses one to a crowd with fewer; inside a crowd, the source with the most
 * loses its last job.
 */
export class FairQueue {
  private running = 0;
  private waiting = 0;
  /** In the order of their next turn. */
  private readonly waiters = new Map<string, Waiter[]>();

  constructor(private readonly limits: QueueLimits) {}

  /**
   * Runs a job when its turn has come.
   *
   * @param from the client that the job is for
   * @throws {RateLimited} if too many jobs of this source wait, or the queue is full
   */
  async run<T>(from: QueueSource, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.atOnce) await this.waitForTurn(from);
    else this.running++;
    try {
      return await work();
    } finally {
      // The slot goes straight to the next waiting job, so that a new one cannot overtake it.
      if (!this.startNext()) this.running--;
    }
  }

  private async waitForTurn({ source, crowd }: QueueSource): Promise<void> {
    const own = this.waiters.get(source) ?? [];
    if (own.length >= this.limits.waitingEach) throw new RateLimited(RETRY_AFTER_SECONDS);
    if (this.waiting >= this.limits.waiting) this.makeRoom(crowd, own.length);
    this.waiting++;
    await new Promise<void>((start, reject) => {
      own.push({ crowd, start, turnAway: () => reject(new RateLimited(RETRY_AFTER_SECONDS)) });
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

  /** The waiting jobs of the source with the most of them in a crowd. */
  private largestOf(crowd: string): Waiter[] {
    const sources = [...this.waiters.values()].filter(([first]) => first?.crowd === crowd);
    return sources.reduce((most, own) => (own.length > most.length ? own : most), []);
  }

  private startNext(): boolean {
    for (const [source, own] of this.waiters) {
      const next = own.shift();
      this.waiters.delete(source);
      if (own.length > 0) this.waiters.set(source, own);
      if (!next) continue;
      this.waiting--;
      next.start();
      return true;
    }
    return false;
  }
}
