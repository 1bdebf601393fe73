import { Logger } from '@nestjs/common';
import { isDoneWithin } from '../../common/runtime/within.js';
import { Metrics } from '../../health/index.js';
import type { DeliveredEvent } from './delivered-event.js';
import { CursorState, DeliveryCursor } from './delivery-cursor.js';
import { EventNumbers } from './event-numbers.js';
import { NotTaken, Receiver } from './receiver.js';
import { RetryPauses } from './retry-pauses.js';

/** How often an idle process looks for events; in milliseconds. */
const LOOK_EVERY_MS = 1_000;
/** How often a lease is renewed while a receiver is waited for; in milliseconds. */
const RENEW_EVERY_MS = 1_000;
/** How many events are sent together. */
const MOST_EVENTS = 100;
/** How long the end of the process waits for events that are being sent; in milliseconds. */
const END_WAITS_MS = 2_000;

/** What a queue needs. */
export interface QueueParts {
  readonly numbers: EventNumbers;
  readonly cursor: DeliveryCursor;
  readonly receiver: Receiver;
  readonly metrics: Metrics;
  /** How many events may wait; the oldest above that are lost. */
  readonly mostWaiting: number;
}

/**
 * Delivers the audit log to one receiver, in the order of the events' numbers, by the one process that holds the lease.
 * Nothing waits for it: a receiver that takes nothing only stops its own queue.
 */
export class DeliveryQueue {
  private readonly logger = new Logger('AuditDelivery');
  private readonly pauses = new RetryPauses();
  private readonly ending = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private isEnding = false;
  private isAway = false;
  private upkeepAt = 0;

  constructor(private readonly parts: QueueParts) {}

  /** Begins to deliver. */
  start(): void {
    this.running = this.run();
  }

  /** Ends after what is being sent, or soon, and lets another process take over at once. */
  async stop(): Promise<void> {
    this.isEnding = true;
    this.wake();
    if (!(await isDoneWithin(END_WAITS_MS, this.running))) this.ending.abort();
    await this.running;
    await this.parts.cursor.release().catch(() => undefined);
    await this.parts.receiver.close();
  }

  private async run(): Promise<void> {
    while (!this.isEnding) {
      const isMore = await this.turn().catch((error: unknown) => this.noteAway(error));
      if (!isMore && !this.isEnding) await this.rest();
    }
  }

  /**
   * Looks once for what is to be done, and does it: numbers events, notes what is lost, and sends at most one batch.
   *
   * @returns whether there is more to do at once
   */
  async turn(): Promise<boolean> {
    const { cursor, numbers, receiver, metrics } = this.parts;
    const state = await cursor.state();
    this.isAway = false;
    if (state.isHeldByOther) {
      metrics.auditBacklog(receiver.name, 0);
      return false;
    }
    // What a silent receiver loses is seen all the same, but not looked for at each turn.
    if (state.isPaused && performance.now() < this.upkeepAt) return false;
    this.upkeepAt = performance.now() + this.pauses.upkeepMs;
    const isWork = (await numbers.isDue()) || (await numbers.settled()) > state.last;
    if (!isWork) metrics.auditBacklog(receiver.name, 0);
    return isWork && (await cursor.hold()) ? this.work(state.isPaused) : false;
  }

  private async work(isPaused: boolean): Promise<boolean> {
    const { cursor, numbers, receiver, metrics } = this.parts;
    const isMoreToNumber = await numbers.assign();
    const settled = await numbers.settled();
    const state = await this.skipLost(await cursor.state(), settled);
    metrics.auditBacklog(receiver.name, settled - state.last);
    const isMore = !isPaused && state.last < settled && (await this.deliver(state, settled));
    return isMore || (isMoreToNumber && !isPaused);
  }

  /** Moves beyond events that will never be delivered: more wait than may, or the retention has removed them. */
  private async skipLost(state: CursorState, settled: number): Promise<CursorState> {
    const { cursor, mostWaiting } = this.parts;
    const bound = Math.max(state.last, settled - mostWaiting);
    const [first] = await cursor.next(bound, settled, 1);
    const last = first ? first.number - 1 : settled;
    if (last <= state.last) return state;
    if (await cursor.advance(state.last, last, { lost: last - state.last, isTaken: false })) {
      this.noteLost(last - state.last);
    }
    return { ...state, last };
  }

  private async deliver(state: CursorState, settled: number): Promise<boolean> {
    const { cursor, receiver, metrics } = this.parts;
    const events = await cursor.next(state.last, settled, MOST_EVENTS);
    const last = events.length < MOST_EVENTS ? settled : (events.at(-1)?.number ?? settled);
    const problem = await this.send(events);
    if (problem !== null) {
      await this.notePause(problem, state.failures + 1);
      return false;
    }
    const lost = last - state.last - events.length;
    // Somebody else has sent them, too, if the lease was lost meanwhile.
    if (!(await cursor.advance(state.last, last, { lost, isTaken: true }))) return false;
    metrics.auditDelivered(receiver.name, events.length);
    metrics.auditBacklog(receiver.name, settled - last);
    if (lost > 0) this.noteLost(lost);
    if (state.failures > 0) this.logger.log({ receiver: receiver.name }, 'Audit events are delivered again.');
    return true;
  }

  /** @returns why they were not taken; null if they were */
  private async send(events: readonly DeliveredEvent[]): Promise<string | null> {
    const { cursor, receiver } = this.parts;
    const lost = new AbortController();
    const renewal = setInterval(() => void renew(), RENEW_EVERY_MS).unref();
    const renew = () =>
      cursor.hold().then(
        (isHeld) => !isHeld && lost.abort(),
        () => undefined,
      );
    try {
      await receiver.send(events, AbortSignal.any([lost.signal, this.ending.signal]));
      return null;
    } catch (error) {
      if (error instanceof NotTaken) return error.message;
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  private async notePause(problem: string, failures: number): Promise<void> {
    const { cursor, receiver, metrics } = this.parts;
    const milliseconds = this.pauses.after(failures);
    await cursor.pause(milliseconds);
    metrics.auditDeliveryFailed(receiver.name);
    const fields = { receiver: receiver.name, problem, failures, seconds: Math.round(milliseconds / 1000) };
    if (failures === 1) this.logger.warn(fields, 'Audit events were not taken. They are kept and sent again.');
    else this.logger.debug(fields, 'Audit events were not taken.');
  }

  private noteLost(events: number): void {
    const { receiver, metrics } = this.parts;
    metrics.auditLost(receiver.name, events);
    this.logger.warn(
      { receiver: receiver.name, events },
      'Audit events are lost to a receiver: more waited than may, or the retention removed them first.',
    );
  }

  private noteAway(error: unknown): false {
    const { name } = this.parts.receiver;
    const fields = { receiver: name, error: (error as Error).message };
    if (!this.isAway) this.logger.warn(fields, 'Audit events could not be delivered. It is tried again.');
    this.isAway = true;
    return false;
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS).unref();
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
