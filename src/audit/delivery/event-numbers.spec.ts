import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../../test/support/database.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { newId } from '../../common/persistence/ids.js';
import { AuditActorKind, AuditOutcome } from '../audit-event.js';
import { AuditEventRow } from '../audit-event.entity.js';
import { EventNumbers } from './event-numbers.js';

const [OLD, ROWS_AT_ONCE] = [2_000, 500];

describe(EventNumbers, () => {
  let database: TestDatabase;
  const clock = new FakeClock();
  beforeEach(async () => (database = await openDatabase()));
  afterEach(() => database.close());

  const kinds = { action: 'x', count: 1, actorKind: AuditActorKind.USER, outcome: AuditOutcome.SUCCEEDED };
  const insert = async (rows: readonly Partial<AuditEventRow>[]) => {
    const events = database.dataSource.getRepository(AuditEventRow);
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      await events.insert(rows.slice(from, from + ROWS_AT_ONCE).map((row) => ({ ...kinds, at: clock.now(), ...row })));
    }
  };
  const old = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  const isOneRange = (plan: readonly Record<string, unknown>[]) =>
    plan.some(
      ({ detail, type, key }) =>
        String(detail).includes('audit_events_delivery (delivery_number=? AND id>?)') ||
        (type === 'range' && key === 'audit_events_delivery'),
    );

  it('looks for the next events among themselves, however many older ones are not delivered', async () => {
    const { dataSource } = database;
    const numbers = new EventNumbers(dataSource, clock);
    await numbers.begin();
    await insert(Array.from({ length: OLD }, (_, index) => ({ id: old(index) })));
    await insert(Array.from({ length: OLD }, (_, index) => ({ id: newId(), deliveryNumber: String(index + 1) })));
    if (dataSource.options.type !== 'better-sqlite3') await dataSource.query('ANALYZE TABLE audit_events');
    const query = jest.spyOn(dataSource, 'query');
    expect(await numbers.isDue()).toBe(false);
    const [sql, parameters] = query.mock.calls.find(([text]) => text.includes('FROM audit_events')) ?? [];
    query.mockRestore();
    const explain = dataSource.options.type === 'better-sqlite3' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const plan = await dataSource.query<Record<string, unknown>[]>(`${explain} ${sql}`, parameters as unknown[]);
    expect(isOneRange(plan) || plan).toBe(true);
  });
});
