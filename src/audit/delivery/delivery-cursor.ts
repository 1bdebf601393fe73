import { DataSource } from 'typeorm';
import { besideRequests } from '../../common/persistence/beside-requests.js';
import { isDuplicate, rowsChangedBy } from '../../common/persistence/conditional-write.js';
import { databaseMilliseconds } from '../../common/persistence/database-clock.js';
import { newId } from '../../common/persistence/ids.js';
import { RELAXED_DURABILITY } from '../../common/persistence/relaxed-durability.js';
import { DeliveredEvent, DeliveredRow, deliveredEventOf, DELIVERED_COLUMNS } from './delivered-event.js';
import type { ReceiverName } from './receiver.js';
import { LONGEST_MS } from './retry-pauses.js';

/** How long a process that died holds up the delivery: it renews its lease each second. In milliseconds. */
const LEASE_MS = 3_000;

const relaxed = (sql: string) => `/* ${RELAXED_DURABILITY} */ ${sql}`;

/** Where the delivery to a receiver stands. */
export interface CursorState {
  /** The number of the last event that it has taken, or that is lost. */
  readonly last: number;
  readonly failures: number;
  /** Whether another process delivers. */
  readonly isHeldByOther: boolean;
  /** Whether it has to be left alone for a time, because it has taken nothing. */
  readonly isPaused: boolean;
}

/**
 * How far one receiver has got, and the lease of the one process that delivers to it, by the database's clock. Every change
 * is conditional on the lease and on the former position, so that a process that was paused beyond its lease moves nothing.
 * Moments further ahead than a lease or a pause can be are of a clock that was wrong, and count as over.
 */
export class DeliveryCursor {
  private readonly owner = newId();

  constructor(
    private readonly database: DataSource,
    private readonly receiver: ReceiverName,
  ) {}

  /** Begins with the events from now on, if the receiver is new. */
  async begin(): Promise<void> {
    const known = await this.database.query<unknown[]>('SELECT 1 FROM audit_deliveries WHERE name = ?', [
      this.receiver,
    ]);
    if (known.length > 0) return;
    const sql = `INSERT INTO audit_deliveries (name, last_number, failures, lost)
      SELECT ?, last_number, 0, 0 FROM audit_deliveries WHERE name = 'events'`;
    await this.database.query(sql, [this.receiver]).catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
  }

  /** Where it stands now. */
  async state(): Promise<CursorState> {
    const sql = `SELECT last_number AS last, failures,
        COALESCE(lease_until_ms BETWEEN ${this.now} AND ${this.now} + ${LEASE_MS} AND lease_owner <> ?, 0) AS held,
        COALESCE(retry_at_ms > ${this.now} AND retry_at_ms <= ${this.now} + ${LONGEST_MS}, 0) AS paused
      FROM audit_deliveries WHERE name = ?`;
    type Row = Record<'last' | 'failures' | 'held' | 'paused', number | string>;
    const [row] = await this.database.query<Row[]>(sql, [this.owner, this.receiver]);
    if (!row) throw new Error('The delivery of audit events has not begun.');
    const [last, failures, held, paused] = [row.last, row.failures, row.held, row.paused].map(Number);
    return { last: last ?? 0, failures: failures ?? 0, isHeldByOther: held === 1, isPaused: paused === 1 };
  }

  /** Takes or renews the lease; false if another process has it. */
  hold(): Promise<boolean> {
    const sql = `UPDATE audit_deliveries SET lease_owner = ?, lease_until_ms = ${this.now} + ${LEASE_MS}
      WHERE name = ? AND (lease_owner = ? OR lease_until_ms IS NULL OR lease_until_ms < ${this.now}
        OR lease_until_ms > ${this.now} + ${LEASE_MS})`;
    return this.change(sql, [this.owner, this.receiver, this.owner]);
  }

  /** Gives the lease back. */
  release(): Promise<boolean> {
    const sql =
      'UPDATE audit_deliveries SET lease_owner = NULL, lease_until_ms = NULL WHERE name = ? AND lease_owner = ?';
    return this.change(sql, [this.receiver, this.owner]);
  }

  /**
   * Moves on; false if the lease is lost.
   *
   * @param lost how many of the events up to there were not delivered and never will be
   * @param isTaken whether the receiver has taken events: then its pauses are over
   */
  advance(from: number, to: number, { lost, isTaken }: { lost: number; isTaken: boolean }): Promise<boolean> {
    const over = isTaken ? ', failures = 0, retry_at_ms = NULL' : '';
    const sql = `UPDATE audit_deliveries SET last_number = ?, lost = lost + ?${over}
      WHERE name = ? AND lease_owner = ? AND last_number = ?`;
    return this.change(sql, [to, lost, this.receiver, this.owner, from]);
  }

  /** Notes that the receiver took nothing, and leaves it alone for so long. */
  pause(milliseconds: number): Promise<boolean> {
    const sql = `UPDATE audit_deliveries SET failures = failures + 1, retry_at_ms = ${this.now} + ?
      WHERE name = ? AND lease_owner = ?`;
    return this.change(sql, [Math.round(milliseconds), this.receiver, this.owner]);
  }

  /** The next events after a number, up to another one. */
  async next(after: number, upTo: number, most: number): Promise<DeliveredEvent[]> {
    const sql = `SELECT ${DELIVERED_COLUMNS} FROM audit_events
      WHERE delivery_number > ? AND delivery_number <= ? ORDER BY delivery_number LIMIT ${most}`;
    const rows = await this.database.query<DeliveredRow[]>(besideRequests(sql), [after, upTo]);
    return rows.map(deliveredEventOf);
  }

  // A loss of power may undo a change: then the same events are sent again.
  private async change(sql: string, parameters: readonly unknown[]): Promise<boolean> {
    return (await rowsChangedBy(this.database, relaxed(sql), parameters)) > 0;
  }

  private get now(): string {
    return databaseMilliseconds(this.database);
  }
}
