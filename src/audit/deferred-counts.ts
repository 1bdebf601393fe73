import { WriteBehind } from '../common/persistence/write-behind.js';

const MOST_SUMS = 10_000;

/** Counts events that come too often to be written one by one, and adds the counts to the database after the responses. */
export class DeferredCounts {
  private readonly begun = new Set<string>();
  private readonly counts: WriteBehind<string, number>;

  /** @param write adds a number to a count in the database; what it throws goes to `onFailure` */
  constructor(write: (sumKey: string, times: number) => Promise<unknown>, onFailure: (error: unknown) => void) {
    this.counts = new WriteBehind((before = 0, times) => before + times, write, onFailure);
  }

  /**
   * Adds one to a count.
   *
   * @returns false if it is the first in this process: then it has to be written at once
   */
  add(sumKey: string): boolean {
    if (!this.begun.has(sumKey)) {
      if (this.begun.size >= MOST_SUMS) this.begun.clear();
      this.begun.add(sumKey);
      return false;
    }
    this.counts.note(sumKey, 1);
    return true;
  }

  /** Writes all counts now. */
  flush(): Promise<void> {
    return this.counts.flush();
  }
}
