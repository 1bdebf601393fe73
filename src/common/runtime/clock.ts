import { Injectable } from '@nestjs/common';

/** The current time. Only this class reads it, so that tests can set it. */
@Injectable()
export class Clock {
  /** The current time, to the millisecond. */
  now(): Date {
    return new Date();
  }

  /** The time that many seconds from now (ago, if negative). */
  secondsFromNow(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }
}
