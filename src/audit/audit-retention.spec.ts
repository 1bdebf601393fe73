import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { newId } from '../common/persistence/ids.js';
import { Metrics } from '../health/index.js';
import type { SettingsService } from '../settings/settings.service.js';
import { AuditActorKind, AuditOutcome } from './audit-event.js';
import { AuditEventRow } from './audit-event.entity.js';
import { AuditRetention } from './audit-retention.service.js';
import { DeliveryCursor } from './delivery/delivery-cursor.js';
import { EventNumbers } from './delivery/event-numbers.js';

const RETENTION_DAYS = 30;

describe(AuditRetention, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  let metrics: Metrics;
  let retention: AuditRetention;
  let numbers: EventNumbers;
  beforeEach(async () => {
    database = await openDatabase();
    [clock, metrics] = [new FakeClock(), new Metrics()];
    const settings = { catchUp: () => Promise.resolve({ general: { auditRetentionDays: RETENTION_DAYS } }) };
    retention = new AuditRetention(database.dataSource, settings as unknown as SettingsService, clock, metrics);
    numbers = new EventNumbers(database.dataSource, clock);
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await database.close();
  });

  const begin = async () => {
    await numbers.begin();
    for (const name of ['webhook', 'syslog'] as const) await new DeliveryCursor(database.dataSource, name).begin();
  };
  const events = () => database.dataSource.getRepository(AuditEventRow);
  const write = async (action: string, columns: Partial<AuditEventRow> = {}) => {
    const kinds = { actorKind: AuditActorKind.USER, outcome: AuditOutcome.SUCCEEDED };
    const row = { id: newId(), at: clock.now(), action, count: 1, ...kinds, ...columns };
    await events().insert(row);
  };
  const sweepLater = async () => {
    clock.advance((RETENTION_DAYS + 1) * 86_400);
    await retention.sweep();
  };
  const left = async () => (await events().find()).map(({ action }) => action);
  const lost = async () => {
    const rows = await database.dataSource.query<{ name: string; lost: unknown }[]>(
      'SELECT name, lost FROM audit_deliveries ORDER BY name',
    );
    return rows.map(({ name, lost: events }) => `${name}: ${Number(events)}`);
  };

  it('counts what it removes before it has a number as lost to every receiver, in the table, the metric and the log', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn');
    await begin();
    await write('numbered');
    clock.advance(2);
    await numbers.assign();
    await write('a');
    await write('b');
    await sweepLater();
    expect(await left()).toEqual([]);
    expect(await lost()).toEqual(['events: 0', 'syslog: 2', 'webhook: 2']);
    const told = await metrics.text();
    for (const name of ['webhook', 'syslog']) expect(told).toContain(`mooring_audit_lost_total{receiver="${name}"} 2`);
    expect(warn).toHaveBeenCalledWith(
      { receiver: 'webhook', events: 2 },
      expect.stringContaining('before they got a number'),
    );
  });

  it('counts no event that is not too old, nor one from before the first delivery, nor one whose number is being given', async () => {
    await write('before', { id: '00000000-0000-7000-8000-000000000000' });
    await begin();
    const chosen = newId();
    await write('chosen', { id: chosen });
    await database.dataSource.query(
      "UPDATE audit_deliveries SET last_number = 1, numbering = ? WHERE name = 'events'",
      [JSON.stringify([chosen])],
    );
    clock.advance((RETENTION_DAYS + 1) * 86_400);
    await write('young');
    await retention.sweep();
    expect(await left()).toEqual(['young']);
    expect(await lost()).toEqual(['events: 0', 'syslog: 0', 'webhook: 0']);
  });

  it('removes what is too old where nothing is delivered', async () => {
    await write('old');
    await sweepLater();
    expect([await left(), await lost()]).toEqual([[], []]);
  });

  it('looks once an hour', async () => {
    await retention.sweep();
    const old = new Date(clock.now().getTime() - (RETENTION_DAYS + 1) * 86_400_000);
    await write('old', { at: old });
    await retention.sweep();
    expect(await left()).toEqual(['old']);
    clock.advance(3_601);
    await retention.sweep();
    expect(await left()).toEqual([]);
  });
});
