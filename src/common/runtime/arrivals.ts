import { yieldToEventLoop } from './event-loop.js';

/** Tells whether requests come one by one, or several in one turn of the event loop. */
export class Arrivals {
  private count = 0;
  private wereSeveral = false;

  /**
   * Notes a request. Returns whether it need not wait for others: it is the first of its turn, and the last turn with
   * requests had only one.
   */
  noteOne(): boolean {
    if (this.count++ > 0) return false;
    void yieldToEventLoop().then(() => {
      this.wereSeveral = this.count > 1;
      this.count = 0;
    });
    return !this.wereSeveral;
  }
}
