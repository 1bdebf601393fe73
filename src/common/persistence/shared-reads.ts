import { Arrivals } from '../runtime/arrivals.js';
import { yieldToEventLoop } from '../runtime/event-loop.js';

/** The most keys that one statement reads. */
export const MOST_TOGETHER = 256;

/** What a statement found: an answer for each key that has one. */
export type Answers<Answer> = ReadonlyMap<string, Answer>;

/** Requests that one statement answers. */
interface Batch<Answer> {
  /** Each key once; none is added after the statement has begun. */
  readonly keys: Set<string>;
  readonly answers: Promise<Answers<Answer>>;
}

/**
 * Reads together what the requests of one turn of the event loop ask for: one statement for each {@link MOST_TOGETHER}
 * keys. A statement begins after every request that it answers, and nothing is kept after the turn, so each request is
 * answered on rows read after it arrived. A failing statement fails its own requests only, and a slow one delays no other.
 *
 * While requests come one by one, each is read at once. Only after a turn with several does the first request of the next
 * one wait for the rest of its turn.
 *
 * The package `dataloader` is not used: its schedule collects a microtask queue, which ends with each connection's request,
 * and it keeps answers by default.
 */
export class SharedReads<Answer> {
  private readonly arrivals = new Arrivals();
  /** The one that has not begun, and has room. */
  private batch?: Batch<Answer>;

  /** @param readAll reads at most {@link MOST_TOGETHER} different keys in one statement, outside any transaction */
  constructor(private readonly readAll: (keys: readonly string[]) => Promise<Answers<Answer>>) {}

  /**
   * The answer for a key; undefined if it has none.
   *
   * @throws the error of the statement
   */
  async read(key: string): Promise<Answer | undefined> {
    const answers = this.arrivals.noteOne() ? this.readAll([key]) : this.batchFor(key).answers;
    return (await answers).get(key);
  }

  private batchFor(key: string): Batch<Answer> {
    const isFull = this.batch?.keys.size === MOST_TOGETHER && !this.batch.keys.has(key);
    const batch = !this.batch || isFull ? (this.batch = this.openBatch()) : this.batch;
    batch.keys.add(key);
    return batch;
  }

  private openBatch(): Batch<Answer> {
    const keys = new Set<string>();
    const begin = () => {
      if (this.batch === batch) this.batch = undefined;
      return this.readAll([...keys]);
    };
    const batch = { keys, answers: yieldToEventLoop().then(begin) };
    return batch;
  }
}
