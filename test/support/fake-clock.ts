import { Clock } from '../../src/common/runtime/clock.js';

/** The time of day, which a test can move ahead. */
export class FakeClock extends Clock {
  private ahead = 0;

  override now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  /** Lets seconds pass. */
  advance(seconds: number): void {
    this.ahead += seconds * 1000;
  }

  /** Goes to the begin of the next minute, for what is summed up by the minute. */
  toNextMinute(): void {
    const minute = 60_000;
    this.ahead += minute - (this.now().getTime() % minute);
  }
}
