import { yieldToEventLoop } from '../runtime/event-loop.js';

/** Seconds between two rounds of writing. */
const ROUND_SECONDS = 1;

/**
 * Writes behind the answers and together what comes too often to be written one by one, once a second: of what is noted
 * under one key in a round, one value is left. A crash may lose a round.
 */
export class WriteBehind<Key, Value> {
  private pending = new Map<Key, Value>();
  private timer?: NodeJS.Timeout;
  private rounds = Promise.resolve();
  private isFailing = false;

  /**
   * @param joined makes one value of those noted under a key
   * @param write stores one value; what it throws is handed to `onFailure`
   * @param onFailure called for the first failure, and not again until a value was stored
   */
  constructor(
    private readonly joined: (before: Value | undefined, next: Value) => Value,
    private readonly write: (key: Key, value: Value) => Promise<unknown>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Notes a value; it is written within the next round. */
  note(key: Key, value: Value): void {
    this.pending.set(key, this.joined(this.pending.get(key), value));
    this.timer ??= setTimeout(() => void this.flush(), ROUND_SECONDS * 1000).unref();
  }

  /** Writes what is noted, now, after a round that is under way. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.rounds = this.rounds.then(() => this.writeAll());
    return this.rounds;
  }

  // A database that can't be written fails each of them, for as long as it lasts.
  private tell(error: unknown): void {
    if (!this.isFailing) this.onFailure(error);
    this.isFailing = true;
  }

  private async writeAll(): Promise<void> {
    const due = this.pending;
    this.pending = new Map();
    for (const [key, value] of due) {
      await this.write(key, value).then(
        () => (this.isFailing = false),
        (error: unknown) => this.tell(error),
      );
      // Some hundred of them would hold a process with SQLite for long.
      await yieldToEventLoop();
    }
  }
}

/** Moments of last use, of which the latest counts. They are hints for people. */
export class LastUses<Key> extends WriteBehind<Key, Date> {
  /** @param write stores one moment; what it throws is handed to `onFailure` */
  constructor(write: (key: Key, at: Date) => Promise<unknown>, onFailure: (error: unknown) => void) {
    super((_before, at) => at, write, onFailure);
  }
}
