import { Clock } from '../common/runtime/clock.js';

/** How old counts get before a scrape has them made again. */
const COUNT_EVERY_MS = 60_000;
/** And how many times as long as the counting took: with very many rows it is done less often. */
const LEAST_PAUSE_TIMES = 50;

/** Numbers by their label: the state of grants, for instance. */
export type Counts = ReadonlyMap<string, number>;

/**
 * Numbers that take long to count. A scrape never waits for them: it gets the last ones, and has new ones made behind it when
 * those are old. Nothing is counted while nobody scrapes.
 */
export class CountsBehind {
  private last?: { readonly counts: Counts; readonly at: number };
  private nextAt = -Infinity;
  private isCounting = false;

  /** @param count counts; a failure leaves the last numbers, which go on ageing */
  constructor(
    private readonly count: () => Promise<Counts>,
    private readonly clock: Clock,
  ) {}

  /** The last numbers with their age in seconds; undefined before the first ones are there. */
  read(): { readonly counts: Counts; readonly age: number } | undefined {
    const now = this.clock.now().getTime();
    if (!this.isCounting && now >= this.nextAt) void this.renew(now);
    return this.last && { counts: this.last.counts, age: Math.max(0, now - this.last.at) / 1000 };
  }

  private async renew(at: number): Promise<void> {
    this.isCounting = true;
    const began = performance.now();
    try {
      this.last = { counts: await this.count(), at };
    } catch {
      // The age tells it, and the readiness why.
    } finally {
      this.nextAt = at + Math.max(COUNT_EVERY_MS, (performance.now() - began) * LEAST_PAUSE_TIMES);
      this.isCounting = false;
    }
  }
}
