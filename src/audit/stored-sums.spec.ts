import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Repository } from 'typeorm';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { newId } from '../common/persistence/ids.js';
import { AuditActorKind, AuditOutcome } from './audit-event.js';
import { AuditEventRow } from './audit-event.entity.js';
import { StoredSums } from './stored-sums.js';

describe(StoredSums, () => {
  let database: TestDatabase;
  let events: Repository<AuditEventRow>;
  const onMissing = jest.fn();
  beforeEach(async () => {
    database = await openDatabase();
    events = database.dataSource.getRepository(AuditEventRow);
    onMissing.mockClear();
  });
  afterEach(() => database.close());

  const replica = () => new StoredSums(events, onMissing);
  const inserting = (sumKey: string) => () =>
    events.insert({
      ...{ id: newId(), at: new Date(), actorKind: AuditActorKind.ANONYMOUS, action: 'cli_secret.verify' },
      ...{ outcome: AuditOutcome.REFUSED, count: 1, sumKey },
    });
  const count = (sums: StoredSums, sumKey: string, detail: string | null = null) =>
    sums.count(sumKey, detail, inserting(sumKey));
  const stored = async () =>
    Object.fromEntries(
      (await events.find()).map(({ sumKey, count: times, detail }) => [sumKey ?? '', [times, detail]]),
    );

  it('count each event of one moment at three replicas, in one row for each sum', async () => {
    const replicas = [replica(), replica(), replica()];
    const keys = Array.from({ length: 90 }, (_, index) => ['lin', 'sam', 'kim', 'ada'][index % 4]!);
    await Promise.all(keys.map((key, index) => count(replicas[index % 3]!, key)));
    await Promise.all(keys.map((key, index) => count(replicas[index % 3]!, key)));
    expect(await stored()).toEqual({ lin: [46, null], sam: [46, null], kim: [44, null], ada: [44, null] });
    expect(onMissing).not.toHaveBeenCalled();
  });

  it('keep of several details the latest, and each for its own row', async () => {
    const sums = replica();
    await Promise.all(['lin', 'sam', 'kim'].map((key) => count(sums, key)));
    await Promise.all([
      count(sums, 'lin', 'first'),
      count(sums, 'sam', 'other'),
      count(sums, 'lin', 'last'),
      count(sums, 'kim'),
    ]);
    expect(await stored()).toEqual({ lin: [3, 'last'], sam: [2, 'other'], kim: [2, null] });
  });

  it('tell of events whose row was deleted meanwhile, and begin a new row after that', async () => {
    const sums = replica();
    for (const key of ['lin', 'sam']) await count(sums, key);
    await events.delete({ sumKey: 'lin' });
    await Promise.all([count(sums, 'lin'), count(sums, 'lin'), count(sums, 'sam')]);
    expect(onMissing.mock.calls).toEqual([['lin', 2]]);
    await count(sums, 'lin');
    expect(await stored()).toEqual({ lin: [1, null], sam: [2, null] });
  });

  it('fail for everybody whose event was not stored', async () => {
    const sums = replica();
    const away = () => Promise.reject(new Error('away'));
    const outcomes = await Promise.allSettled([sums.count('lin', null, away), sums.count('lin', null, away)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await count(sums, 'lin');
    expect(await stored()).toEqual({ lin: [1, null] });
  });
});
