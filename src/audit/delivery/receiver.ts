import type { DeliveredEvent } from './delivered-event.js';

/** The receivers that there may be. */
export type ReceiverName = 'webhook' | 'syslog';

/** Takes audit events. */
export interface Receiver {
  readonly name: ReceiverName;
  /**
   * Sends events, in their order. When this returns, the receiver has them.
   *
   * @throws {NotTaken} if it has not, or has perhaps not
   */
  send(events: readonly DeliveredEvent[], signal: AbortSignal): Promise<void>;
  /** Closes its connections. */
  close(): Promise<void>;
}

/** A receiver has not taken events; the message says why, without anything that it has answered. */
export class NotTaken extends Error {}
