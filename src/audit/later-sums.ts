/** Seconds between two rounds of writing. */
const ROUND_SECONDS = 1;
const MOST_SUMS = 10_000;

/**
 * Counts of what comes too often to be written down one by one, added to the database behind the answers, once a second.
 * A crash may lose a round of them.
 */
export class LaterSums {
  private begun = new Set<string>();
  private pending = new Map<string, number>();
  private timer?: NodeJS.Timeout;

  /** @param write adds so many to a sum in the database; what it throws is handed to `onFailure` */
  constructor(
    private readonly write: (sumKey: string, times: number) => Promise<unknown>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /**
   * Adds one to a sum.
   *
   * @returns false where this process has not begun it yet: then it has to be written at once
   */
  add(sumKey: string): boolean {
    if (!this.begun.has(sumKey)) {
      if (this.begun.size >= MOST_SUMS) this.begun.clear();
      this.begun.add(sumKey);
      return false;
    }
    this.pending.set(sumKey, (this.pending.get(sumKey) ?? 0) + 1);
    this.timer ??= setTimeout(() => void this.flush(), ROUND_SECONDS * 1000).unref();
    return true;
  }

  /** Writes what is counted, now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const due = this.pending;
    this.pending = new Map();
    for (const [sumKey, times] of due) await this.write(sumKey, times).catch(this.onFailure);
  }
}
