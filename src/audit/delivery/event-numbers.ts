import { DataSource } from 'typeorm';
import { besideRequests } from '../../common/persistence/beside-requests.js';
import { isDuplicate, rowsChangedBy } from '../../common/persistence/conditional-write.js';
import { databaseMilliseconds } from '../../common/persistence/database-clock.js';
import { RELAXED_DURABILITY } from '../../common/persistence/relaxed-durability.js';
import { timestampText } from '../../common/persistence/stored-timestamp.js';
import type { Clock } from '../../common/runtime/clock.js';

/** How many events get their numbers together. */
const MOST_AT_ONCE = 200;
/** Events of several processes are stored in about the order of their ids; so long they wait for one another. In milliseconds. */
const HELD_BACK_MS = 1_000;
/** How long after its minute a row that counts events may still grow: counts are written seconds later. In milliseconds. */
const SUM_CLOSES_AFTER_MS = 60_000;
const MINUTE_MS = 60_000;
/** Clocks of replicas differ: events that are so much older than the first start with a receiver are delivered too. */
const BEFORE_FIRST_MS = 10_000;

/** The row of `audit_deliveries` that tells how far events are numbered. */
const EVENTS = 'events';

const UNNUMBERED = `delivery_number IS NULL AND id > ? AND happened_at <= ? AND (sum_key IS NULL OR happened_at < ?)`;
const relaxed = (sql: string) => `/* ${RELAXED_DURABILITY} */ ${sql}`;

interface NumberingRow {
  readonly last: number | string;
  readonly firstId: string;
  readonly numbering: string | null;
  readonly databaseNow: number | string;
}

/**
 * Numbers the events of the audit log in the order in which they are delivered: 1, 2, 3, without gaps. An event is numbered
 * only when its row can be read, so that one whose statement is committed late gets a later number and is never skipped, on
 * any isolation level. A sum is numbered when its minute is closed.
 *
 * Several processes may do this at once. Which events get which numbers is stored first, in one conditional statement, and
 * everybody who finds that gives the same numbers to the same events: so a process may die at any point.
 */
export class EventNumbers {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Begins at the first start with a receiver; older events are not delivered. */
  async begin(): Promise<void> {
    const sql = `INSERT INTO audit_deliveries (name, last_number, first_id, failures, lost) VALUES ('${EVENTS}', 0, ?, 0, 0)`;
    const [row] = await this.database.query<unknown[]>(`SELECT 1 FROM audit_deliveries WHERE name = '${EVENTS}'`);
    if (row) return;
    const [{ now }] = await this.database.query<[{ now: number | string }]>(
      `SELECT ${databaseMilliseconds(this.database)} AS now`,
    );
    // A clock that is ahead would leave out the events until then.
    const firstId = idAt(Math.min(this.clock.now().getTime(), Number(now)) - BEFORE_FIRST_MS);
    await this.database.query(sql, [firstId]).catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
  }

  /** Whether there are events that can get a number now. */
  async isDue(): Promise<boolean> {
    const row = await this.row();
    return row.numbering !== null || (await this.unnumbered(row, 1)).length > 0;
  }

  /**
   * Numbers the next events.
   *
   * @returns whether there may be more
   */
  async assign(): Promise<boolean> {
    const row = await this.row();
    const { last, numbering } = row;
    if (numbering !== null) await this.complete(Number(last), JSON.parse(numbering) as string[]);
    const ids = await this.unnumbered(row, MOST_AT_ONCE);
    if (ids.length === 0) return false;
    const next = Number(last) + ids.length;
    const begin = `UPDATE audit_deliveries SET last_number = ?, numbering = ?
      WHERE name = '${EVENTS}' AND last_number = ? AND numbering IS NULL`;
    const begun = await rowsChangedBy(this.database, relaxed(begin), [next, JSON.stringify(ids), last]);
    if (begun > 0) await this.complete(next, ids);
    return ids.length === MOST_AT_ONCE;
  }

  /** The last number up to which every event has its number, unless it was deleted. */
  async settled(): Promise<number> {
    const { last, numbering } = await this.row();
    return Number(last) - (numbering === null ? 0 : (JSON.parse(numbering) as string[]).length);
  }

  private async complete(last: number, ids: readonly string[]): Promise<void> {
    const first = last - ids.length + 1;
    const cases = ids.map(() => 'WHEN ? THEN ?').join(' ');
    const sql = `UPDATE audit_events SET delivery_number = CASE id ${cases} END WHERE id IN (${ids.map(() => '?').join(', ')})`;
    const numbered = ids.flatMap((id, index) => [id, first + index]);
    await this.database.query(relaxed(sql), [...numbered, ...ids]);
    const done = `UPDATE audit_deliveries SET numbering = NULL WHERE name = '${EVENTS}' AND last_number = ?`;
    await this.database.query(relaxed(done), [last]);
  }

  private async unnumbered({ firstId, databaseNow }: NumberingRow, most: number): Promise<string[]> {
    const now = this.clock.now().getTime();
    // By a clock that is ahead, minutes would be closed in which the other replicas still count.
    const closing = Math.min(now, Number(databaseNow)) - SUM_CLOSES_AFTER_MS;
    const openMinute = Math.floor(closing / MINUTE_MS) * MINUTE_MS;
    const sql = besideRequests(`SELECT id FROM audit_events WHERE ${UNNUMBERED} ORDER BY id LIMIT ${most}`);
    const moments = [now - HELD_BACK_MS, openMinute].map((moment) => timestampText(new Date(moment)));
    const rows = await this.database.query<{ id: string }[]>(sql, [firstId, ...moments]);
    return rows.map(({ id }) => id);
  }

  private async row(): Promise<NumberingRow> {
    const now = databaseMilliseconds(this.database);
    const sql = `SELECT last_number AS last, first_id AS firstId, numbering, ${now} AS databaseNow FROM audit_deliveries WHERE name = '${EVENTS}'`;
    const [row] = await this.database.query<NumberingRow[]>(sql);
    if (!row) throw new Error('The numbering of audit events has not begun.');
    return row;
  }
}

/** The least id of that moment: ids begin with their time (RFC 9562, section 5.7). */
function idAt(milliseconds: number): string {
  const time = milliseconds.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
