import { In, Repository } from 'typeorm';
import { isDuplicate, rowsChangedBy } from '../common/persistence/conditional-write.js';
import { JoinedWrites } from '../common/persistence/joined-writes.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import type { AuditEventRow } from './audit-event.entity.js';

/** How many rows a process remembers to be stored. */
const MOST_KNOWN = 10_000;

/** Events that are added to the row of a sum. */
export interface Increment {
  readonly sumKey: string;
  readonly times: number;
  /** Replaces the detail of the row; null leaves it. */
  readonly detail: string | null;
}

/**
 * The rows that count events. The first event of a sum inserts its row; later ones, of all requests of one turn, are added in
 * one statement. They need not survive a loss of power.
 */
export class StoredSums {
  private readonly known = new Set<string>();
  private readonly underWay = new Map<string, Promise<boolean>>();
  private readonly increments = new JoinedWrites<Increment>((all) => this.write(all));

  /** @param onMissing is told of events whose row is gone */
  constructor(
    private readonly events: Repository<AuditEventRow>,
    private readonly onMissing: (sumKey: string, times: number) => void,
  ) {}

  /**
   * Counts one event. When this returns, it is stored.
   *
   * @param insert inserts the row with this event
   * @throws the error of the database
   */
  async count(sumKey: string, detail: string | null, insert: () => Promise<unknown>): Promise<void> {
    if (!this.known.has(sumKey) && (await this.insertOnce(sumKey, insert))) return;
    await this.add(sumKey, 1, detail);
  }

  /**
   * Adds a number of events to a row that is there.
   *
   * @throws the error of the database
   */
  add(sumKey: string, times: number, detail: string | null = null): Promise<void> {
    return this.increments.add({ sumKey, times, detail });
  }

  /** Whether the row was inserted with this event; false if it was there, or another request of this process inserts it. */
  private async insertOnce(sumKey: string, insert: () => Promise<unknown>): Promise<boolean> {
    const others = this.underWay.get(sumKey);
    if (others) return others.then(() => false);
    const inserted = this.insertUnlessThere(sumKey, insert).finally(() => this.underWay.delete(sumKey));
    this.underWay.set(sumKey, inserted);
    return inserted;
  }

  private async insertUnlessThere(sumKey: string, insert: () => Promise<unknown>): Promise<boolean> {
    const isInserted = await insert().then(
      () => true,
      (error: unknown) => {
        if (!isDuplicate(error)) throw error;
        return false;
      },
    );
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.add(sumKey);
    return isInserted;
  }

  private async write(all: readonly Increment[]): Promise<void> {
    const sums = joined(all);
    const [sql, parameters] = additionOf(sums);
    const changed = await rowsChangedBy(this.events.manager.connection, sql, parameters);
    if (changed < sums.length) await this.tellMissing(sums);
  }

  private async tellMissing(sums: readonly Increment[]): Promise<void> {
    const rows = await this.events.find({ where: rowsOf(sums), select: { sumKey: true } });
    const stored = new Set(rows.map(({ sumKey }) => sumKey));
    for (const { sumKey, times } of sums.filter((sum) => !stored.has(sum.sumKey))) {
      this.known.delete(sumKey);
      this.onMissing(sumKey, times);
    }
  }
}

const rowsOf = (sums: readonly Increment[]) => ({ sumKey: In(sums.map(({ sumKey }) => sumKey)) });

/** The statement that adds to the rows of all these sums, and its parameters. */
function additionOf(sums: readonly Increment[]): [sql: string, parameters: unknown[]] {
  const described = sums.filter(({ detail }) => detail !== null);
  const casesOf = (those: readonly Increment[]) => those.map(() => 'WHEN ? THEN ?').join(' ');
  const detail = described.length === 0 ? '' : `, detail = CASE sum_key ${casesOf(described)} ELSE detail END`;
  const sql = `/* ${RELAXED_DURABILITY} */
    UPDATE audit_events SET event_count = event_count + CASE sum_key ${casesOf(sums)} END${detail}
    WHERE sum_key IN (${sums.map(() => '?').join(', ')})`;
  return [
    sql,
    [
      ...sums.flatMap(({ sumKey, times }) => [sumKey, times]),
      ...described.flatMap((sum) => [sum.sumKey, sum.detail]),
      ...sums.map(({ sumKey }) => sumKey),
    ],
  ];
}

/** One increment for each row, with the latest detail. */
function joined(all: readonly Increment[]): Increment[] {
  const sums = new Map<string, Increment>();
  for (const one of all) {
    const before = sums.get(one.sumKey);
    const detail = one.detail ?? before?.detail ?? null;
    sums.set(one.sumKey, { ...one, times: one.times + (before?.times ?? 0), detail });
  }
  return [...sums.values()];
}
