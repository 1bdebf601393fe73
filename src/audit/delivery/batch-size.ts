import type { DeliveredEvent } from './delivered-event.js';

/** How many events are sent together. */
const MOST_EVENTS = 100;
/** What they have together as JSON, unless one alone has more; in bytes. */
const MOST_BYTES = 65_536;

/**
 * How much is sent together. A receiver with a lower bound would get the same events again without end: so after each batch that
 * was not taken the next one has half as many, down to one event, and after each that was taken twice as many again.
 */
export class BatchSize {
  private most = MOST_EVENTS;

  /** How many events the next batch has at most, after so many failures in a row, also of other processes. */
  after(failures: number): number {
    this.most = Math.min(this.most, Math.max(1, MOST_EVENTS >> Math.min(failures, 30)));
    return this.most;
  }

  /** Of these events, the first ones that are sent together: at least one. */
  firstOf(events: readonly DeliveredEvent[]): readonly DeliveredEvent[] {
    let bytes = 0;
    const end = events.findIndex((event) => (bytes += Buffer.byteLength(JSON.stringify(event))) > MOST_BYTES);
    return end < 0 ? events : events.slice(0, Math.max(1, end));
  }

  /** Notes that so many events were not taken. */
  halve(events: number): void {
    this.most = Math.max(1, Math.floor(events / 2));
  }

  /** Notes that a batch was taken. */
  grow(): void {
    this.most = Math.min(MOST_EVENTS, this.most * 2);
  }
}
