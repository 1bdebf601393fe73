import { yieldToEventLoop } from '../runtime/event-loop.js';

/** Seconds between two rounds of writes. */
const ROUND_SECONDS = 1;

/** Writes one value; or several by one call, `most` of them at once. */
export type BehindWrite<Key, Value> =
  | ((key: Key, value: Value) => Promise<unknown>)
  | { readonly most: number; readonly write: (entries: readonly (readonly [Key, Value])[]) => Promise<unknown> };

/**
 * Batches frequent writes and stores them once a second, after the responses: the values noted under one key in a round
 * are joined into one. A crash may lose a round.
 */
export class WriteBehind<Key, Value> {
  private pending = new Map<Key, Value>();
  private timer?: NodeJS.Timeout;
  private rounds = Promise.resolve();
  private isFailing = false;

  /**
   * @param joined joins the values noted under a key
   * @param write stores values; its errors go to `onFailure`
   * @param onFailure called for the first failure, and not again until a value has been stored
   */
  constructor(
    private readonly joined: (before: Value | undefined, next: Value) => Value,
    private readonly write: BehindWrite<Key, Value>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Notes a value; it is written within the next round. */
  note(key: Key, value: Value): void {
    this.pending.set(key, this.joined(this.pending.get(key), value));
    this.timer ??= setTimeout(() => void this.flush(), ROUND_SECONDS * 1000).unref();
  }

  /** Writes the noted values now, after any round in progress. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.rounds = this.rounds.then(() => this.writeAll());
    return this.rounds;
  }

  // While the database cannot be written, every value fails; one report is enough.
  private tell(error: unknown): void {
    if (!this.isFailing) this.onFailure(error);
    this.isFailing = true;
  }

  private async writeAll(): Promise<void> {
    const due = this.pending;
    this.pending = new Map();
    for (const write of this.writesOf([...due])) {
      await write().then(
        () => (this.isFailing = false),
        (error: unknown) => this.tell(error),
      );
      // SQLite writes are synchronous: a few hundred in a row would block the process.
      await yieldToEventLoop();
    }
  }

  private writesOf(due: readonly (readonly [Key, Value])[]): (() => Promise<unknown>)[] {
    const { write } = this;
    if (typeof write === 'function')
      return due.map(
        ([key, value]) =>
          () =>
            write(key, value),
      );
    const parts = Array.from({ length: Math.ceil(due.length / write.most) }, (_, part) => part * write.most);
    return parts.map((from) => () => write.write(due.slice(from, from + write.most)));
  }
}

/** Times of last use, of which the latest counts. They are hints for people. */
export class LastUses<Key> extends WriteBehind<Key, Date> {
  /** @param write stores one time; its errors go to `onFailure` */
  constructor(write: (key: Key, at: Date) => Promise<unknown>, onFailure: (error: unknown) => void) {
    super((_before, at) => at, write, onFailure);
  }
}
