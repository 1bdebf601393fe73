import { WriteBehind } from '../common/persistence/write-behind.js';
import type { AuditEventRow } from './audit-event.entity.js';

/** Writes one log line. */
export type LogLine = (fields: Readonly<Record<string, unknown>>, text: string) => void;

/** The columns of a row that are known without the database. */
export type UnstoredRow = Partial<AuditEventRow> & Pick<AuditEventRow, 'id' | 'sumKey'>;

const NOT_STORED = 'An audit event was not stored.';

/**
 * Logs the events that the database did not take, with the content of their rows, so that they are not lost: the same as in
 * the audit log, hence without secrets. Events that one row counts are one line a second.
 */
export class UnstoredEvents {
  private readonly sums: WriteBehind<string, UnstoredRow>;

  constructor(private readonly log: LogLine) {
    this.sums = new WriteBehind<string, UnstoredRow>(
      (before, next) => ({ ...next, count: (before?.count ?? 0) + 1 }),
      (_key, row) => Promise.resolve(this.write(row)),
      () => undefined,
    );
  }

  /** Logs an event; those that one row counts within a second, together. */
  note(row: UnstoredRow): void {
    if (row.sumKey === null) this.write({ ...row, count: 1 });
    else this.sums.note(row.sumKey, row);
  }

  /** Logs that so many events more belong to a row, which may be stored or logged. */
  noteMore(sumKey: string, count: number): void {
    this.log(
      { audit: { sumKey, count } },
      'Audit events were not stored: this many more belong to the row or line with this key.',
    );
  }

  /** Logs what is left. */
  flush(): Promise<void> {
    return this.sums.flush();
  }

  private write(row: UnstoredRow): void {
    this.log({ audit: row }, NOT_STORED);
  }
}
