import { yieldToEventLoop } from '../runtime/event-loop.js';

/** How many writes are one statement at most. */
const MOST_TOGETHER = 256;

interface Round<Item> {
  readonly items: Item[];
  readonly done: Promise<void>;
}

/**
 * Writes what the requests of one turn of the event loop have to write, together. One round is under way at a time, and what
 * comes meanwhile is the next one. Each caller waits until its own item is written, so nothing is answered before.
 */
export class JoinedWrites<Item> {
  /** The round that takes further items. */
  private next?: Round<Item>;
  private last: Promise<unknown> = Promise.resolve();

  /** @param write writes some items, 256 at most; what it throws, each of their callers gets */
  constructor(private readonly write: (items: readonly Item[]) => Promise<unknown>) {}

  /**
   * Writes an item with the others of this moment.
   *
   * @throws the error of the round, if it fails
   */
  add(item: Item): Promise<void> {
    const hasRoom = this.next && this.next.items.length < MOST_TOGETHER;
    const round = hasRoom && this.next ? this.next : this.begin();
    round.items.push(item);
    return round.done;
  }

  private begin(): Round<Item> {
    const items: Item[] = [];
    const done = this.writeAfter(this.last, items);
    this.last = done.catch(() => undefined);
    return (this.next = { items, done });
  }

  private async writeAfter(before: Promise<unknown>, items: Item[]): Promise<void> {
    await before;
    await yieldToEventLoop();
    if (this.next?.items === items) this.next = undefined;
    await this.write(items);
  }
}
