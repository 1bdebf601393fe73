import { Clock } from '../../src/common/runtime/clock.js';

/** A clock that a test can move ahead. */
export class FakeClock extends Clock {
  private ahead = 0;
  private stoppedAt: number | null = null;

  override now(): Date {
    return new Date((this.stoppedAt ?? Date.now()) + this.ahead);
  }

  /** Stands still from now on, except for moves: then nothing expires while a busy machine takes its time. */
  stop(): void {
    this.stoppedAt ??= Date.now();
  }

  /** Moves ahead by a number of seconds. */
  advance(seconds: number): void {
    this.ahead += seconds * 1000;
  }

  /** Moves to the start of the next minute, for values that are summed up per minute. */
  toNextMinute(): void {
    const minute = 60_000;
    this.ahead += minute - (this.now().getTime() % minute);
  }
}
