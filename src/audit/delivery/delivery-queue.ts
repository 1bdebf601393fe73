import { Logger } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { isDoneWithin } from '../../common/runtime/within.js';
import { Metrics } from '../../health/index.js';
import { BatchSize } from './batch-size.js';
import type { DeliveredEvent } from './delivered-event.js';
import { CursorState, DeliveryCursor } from './delivery-cursor.js';
import { EventNumbers } from './event-numbers.js';
import { NotTaken, Receiver } from './receiver.js';
import { RetryPauses } from './retry-pauses.js';

/** How often an idle process looks for events; in milliseconds. */
const LOOK_EVERY_MS = 1_000;
/** How often a lease is renewed while a receiver is waited for; in milliseconds. */
const RENEW_EVERY_MS = 1_000;
/** How many numbered events wait for a receiver that takes them: the others get their numbers later. */
const NUMBERED_AHEAD = 300;
/** How long the end of the process waits for events that are being sent; in milliseconds. */
const END_WAITS_MS = 2_000;

/** What a queue needs. */
export interface QueueParts {
  readonly numbers: EventNumbers;
  readonly cursor: DeliveryCursor;
  readonly receiver: Receiver;
  readonly metrics: Metrics;
  /** How many events may wait for a receiver that takes none; the oldest above that are lost. */
  readonly mostWaiting: number;
}

/**
 * Delivers the audit log to one receiver, in the order of the events' numbers, by the one process that holds the lease.
 * Nothing waits for it: a receiver that takes nothing only stops its own queue.
 */
export class DeliveryQueue {
  private readonly logger = new Logger('AuditDelivery');
  private readonly pauses = new RetryPauses();
  private readonly size = new BatchSize();
  private sending: AbortController | null = null;
  private running: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private isEnding = false;
  private isAway = false;
  private isWarned = false;
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
    if (!(await isDoneWithin(END_WAITS_MS, this.running))) this.sending?.abort();
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
    const isMoreToNumber = isPaused ? await this.numberAll() : await this.numberSome();
    const settled = await numbers.settled();
    const state = await this.skipLost(await cursor.state(), settled, isPaused);
    metrics.auditBacklog(receiver.name, settled - state.last);
    const isMore = !isPaused && state.last < settled && (await this.deliver(state, settled));
    return isMore || (isMoreToNumber && !isPaused);
  }

  // A receiver that takes events would otherwise have more and more of them waiting, because numbers are given faster.
  private async numberSome(): Promise<boolean> {
    const { cursor, numbers } = this.parts;
    const waiting = (await numbers.settled()) - (await cursor.state()).last;
    return waiting < NUMBERED_AHEAD && (await numbers.assign());
  }

  // How many wait is seen by their numbers.
  private async numberAll(): Promise<boolean> {
    const { cursor, numbers } = this.parts;
    while (!this.isEnding && (await numbers.assign())) {
      if (!(await cursor.hold())) return false;
      await setImmediate();
    }
    return false;
  }

  /** Moves beyond events that will never be delivered: more wait in a pause than may, or the retention has removed them. */
  private async skipLost(state: CursorState, settled: number, isPaused: boolean): Promise<CursorState> {
    const { cursor, mostWaiting } = this.parts;
    const bound = isPaused ? Math.max(state.last, settled - mostWaiting) : state.last;
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
    const most = this.size.after(state.failures);
    const found = await cursor.next(state.last, settled, most);
    const events = this.size.firstOf(found);
    const isAll = events.length === found.length && found.length < most;
    const last = isAll ? settled : lastNumberOf(events);
    // Reading may have taken longer than the lease.
    if (events.length === 0 || !(await cursor.hold()) || this.isEnding) return false;
    const outcome = await this.send(events);
    if (outcome === 'ABORTED') return false;
    if (outcome !== 'TAKEN') {
      this.size.halve(events.length);
      await this.notePause(outcome.problem, state.failures + 1);
      return false;
    }
    this.size.grow();
    this.isWarned = false;
    const lost = last - state.last - events.length;
    // Somebody else has sent them, too, if the lease was lost meanwhile.
    if (!(await cursor.advance(state.last, last, { lost, isTaken: true }))) return false;
    metrics.auditDelivered(receiver.name, events.length);
    metrics.auditBacklog(receiver.name, settled - last);
    if (lost > 0) this.noteLost(lost);
    if (state.failures > 0) this.logger.log({ receiver: receiver.name }, 'Audit events are delivered again.');
    return true;
  }

  /** @returns what came of it; aborted if the process ends or has lost its lease, which says nothing about the receiver */
  private async send(events: readonly DeliveredEvent[]): Promise<'TAKEN' | 'ABORTED' | { problem: string }> {
    const { cursor, receiver } = this.parts;
    const sending = new AbortController();
    this.sending = sending;
    const renewal = setInterval(() => void renew(), RENEW_EVERY_MS).unref();
    const renew = () =>
      cursor.hold().then(
        (isHeld) => !isHeld && sending.abort(),
        () => undefined,
      );
    try {
      await receiver.send(events, sending.signal);
      return 'TAKEN';
    } catch (error) {
      if (sending.signal.aborted) return 'ABORTED';
      if (error instanceof NotTaken) return { problem: error.message };
      throw error;
    } finally {
      clearInterval(renewal);
      this.sending = null;
    }
  }

  private async notePause(problem: string, failures: number): Promise<void> {
    const { cursor, receiver, metrics } = this.parts;
    const milliseconds = this.pauses.after(failures);
    await cursor.pause(milliseconds);
    this.upkeepAt = 0;
    metrics.auditDeliveryFailed(receiver.name);
    const fields = { receiver: receiver.name, problem, failures, seconds: Math.round(milliseconds / 1000) };
    // Once in each outage and process: after a restart, too.
    if (!this.isWarned) this.logger.warn(fields, 'Audit events were not taken. They are kept and sent again.');
    else this.logger.debug(fields, 'Audit events were not taken.');
    this.isWarned = true;
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

function lastNumberOf(events: readonly DeliveredEvent[]): number {
  return events.at(-1)?.number ?? 0;
}
