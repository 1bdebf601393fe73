import { WriteBehind } from '../common/persistence/write-behind.js';

const MOST_SUMS = 10_000;

/** Counts of what comes too often to be written down one by one, added to the database behind the answers. */
export class DeferredCounts {
  private readonly begun = new Set<string>();
  private readonly counts: WriteBehind<string, number>;

  /** @param write adds so many to a sum in the database; what it throws is handed to `onFailure` */
  constructor(write: (sumKey: string, times: number) => Promise<unknown>, onFailure: (error: unknown) => void) {
    this.counts = new WriteBehind((before = 0, times) => before + times, write, onFailure);
  }

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
    this.counts.note(sumKey, 1);
    return true;
  }

  /** Writes what is counted, now. */
  flush(): Promise<void> {
    return this.counts.flush();
  }
}
