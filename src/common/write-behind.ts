import { nextTurn } from './next-turn.js';

/** Seconds between two rounds of writing. */
const ROUND_SECONDS = 1;

/**
 * Moments of last use, written behind the answer and together: of many uses in a round the last one counts. They are
 * hints for people; a crash may lose a round of them.
 */
export class LastUses<Key> {
  private pending = new Map<Key, Date>();
  private timer?: NodeJS.Timeout;

  /** @param write stores one moment; what it throws is handed to `onFailure` */
  constructor(
    private readonly write: (key: Key, at: Date) => Promise<unknown>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Notes a use; it is written within the next round. */
  note(key: Key, at: Date): void {
    this.pending.set(key, at);
    this.timer ??= setTimeout(() => void this.flush(), ROUND_SECONDS * 1000).unref();
  }

  /** Writes what is noted, now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const due = this.pending;
    this.pending = new Map();
    for (const [key, at] of due) {
      await this.write(key, at).catch(this.onFailure);
      // Some hundred of them would hold a process with SQLite for long.
      await nextTurn();
    }
  }
}
