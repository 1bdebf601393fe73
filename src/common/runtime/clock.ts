import { Injectable } from '@nestjs/common';

/** The time of day. The one place that reads it, so that a test can move it. */
@Injectable()
export class Clock {
  /** The present moment, to the millisecond. */
  now(): Date {
    return new Date();
  }

  /** The moment that lies the given number of seconds ahead (behind, when negative). */
  secondsFromNow(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }
}
