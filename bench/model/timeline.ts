/** The most events of one simulation: about ten seconds of computing. */
const MOST_EVENTS = 20_000_000;

interface Event {
  readonly at: number;
  readonly number: number;
  readonly run: () => void;
}

const isBefore = (one: Event, other: Event) => one.at < other.at || (one.at === other.at && one.number < other.number);

/** What happens when, in simulated milliseconds; events of the same moment happen in the order in which they were added. */
export class Timeline {
  private readonly heap: Event[] = [];
  private count = 0;

  /** The present moment. */
  now = 0;

  /** @param most the most events, after which it ends with an error */
  constructor(private readonly most = MOST_EVENTS) {}

  /** Has something happen after so many milliseconds. */
  after(milliseconds: number, run: () => void): void {
    const event = { at: this.now + milliseconds, number: this.count++, run };
    let index = this.heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(this.at(parent), event)) break;
      this.heap[index] = this.at(parent);
      index = parent;
    }
    this.heap[index] = event;
  }

  /**
   * Lets everything happen up to a moment.
   *
   * @throws {Error} if there are too many events
   */
  runUntil(end: number): void {
    for (let first = this.heap[0]; first && first.at <= end; first = this.heap[0]) {
      if (this.count > this.most) throw new Error(`A simulation has more than ${this.most} events.`);
      this.removeFirst();
      this.now = first.at;
      first.run();
    }
    this.now = end;
  }

  private at(index: number): Event {
    return this.heap[index] as Event;
  }

  private removeFirst(): void {
    const last = this.heap.pop() as Event;
    if (this.heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.heap.length) break;
      if (child + 1 < this.heap.length && isBefore(this.at(child + 1), this.at(child))) child++;
      if (isBefore(last, this.at(child))) break;
      this.heap[index] = this.at(child);
      index = child;
    }
    this.heap[index] = last;
  }
}
