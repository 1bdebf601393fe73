import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { openDatabase, TestDatabase } from '../../../test/support/database.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { newId } from '../../common/persistence/ids.js';
import { Metrics } from '../../health/index.js';
import { AuditActorKind, AuditOutcome } from '../audit-event.js';
import { AuditEventRow } from '../audit-event.entity.js';
import type { DeliveredEvent } from './delivered-event.js';
import { DeliveryCursor } from './delivery-cursor.js';
import { DeliveryQueue } from './delivery-queue.js';
import { EventNumbers } from './event-numbers.js';
import { NotTaken, Receiver } from './receiver.js';

const BEHIND_SECONDS = 3_600;

/** Takes events, or not, as a test says. */
class TestReceiver implements Receiver {
  readonly name = 'webhook';
  readonly taken: DeliveredEvent[] = [];
  readonly batches: number[] = [];
  isDown = false;
  mostBytes = Infinity;
  untilAborted: (() => void) | null = null;

  send(events: readonly DeliveredEvent[], signal: AbortSignal): Promise<void> {
    this.batches.push(events.length);
    if (this.untilAborted) {
      this.untilAborted();
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new NotTaken('aborted'))));
    }
    if (JSON.stringify(events).length > this.mostBytes)
      return Promise.reject(new NotTaken('it answered with HTTP 413'));
    if (this.isDown) return Promise.reject(new NotTaken('it answered with HTTP 500'));
    this.taken.push(...events);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  get actions(): string[] {
    return this.taken.map(({ action }) => action);
  }
}

describe(DeliveryQueue, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  let receiver: TestReceiver;
  let metrics: Metrics;
  beforeEach(async () => {
    database = await openDatabase();
    [clock, receiver, metrics] = [new FakeClock(), new TestReceiver(), new Metrics()];
    clock.stop();
    // Behind the clock of the database, so that stories can move it.
    clock.advance(-BEHIND_SECONDS);
  });
  afterEach(() => database.close());

  const replica = async (mostWaiting = 1_000): Promise<DeliveryQueue> => {
    const source: DataSource = database.dataSource;
    const [numbers, cursor] = [new EventNumbers(source, clock), new DeliveryCursor(source, 'webhook')];
    await numbers.begin();
    await cursor.begin();
    return new DeliveryQueue({ numbers, cursor, receiver, metrics, mostWaiting });
  };
  const write = async (action: string, columns: Partial<AuditEventRow> = {}) => {
    const events = database.dataSource.getRepository(AuditEventRow);
    const kinds = { actorKind: AuditActorKind.USER, outcome: AuditOutcome.SUCCEEDED };
    await events.insert({ id: newId(), at: clock.now(), action, count: 1, ...kinds, ...columns });
  };
  const sql = (text: string) => database.dataSource.query(text);
  const work = async (queue: DeliveryQueue) => {
    clock.advance(2);
    while (await queue.turn());
  };
  /** As if the pause of the receiver, or the lease of a process that died, were over. */
  const afterPause = () => sql('UPDATE audit_deliveries SET retry_at_ms = 0, lease_until_ms = 0');
  const metric = async (name: string) =>
    Number(new RegExp(`^mooring_audit_${name}\\{.*\\} (\\d+)$`, 'm').exec(await metrics.text())?.[1] ?? NaN);

  it('delivers events once, in their order, with numbers without gaps, and none from before the first start', async () => {
    await write('before', { at: new Date(clock.now().getTime() - 60_000), id: '00000000-0000-7000-8000-000000000000' });
    const queue = await replica();
    for (let index = 0; index < 450; index++) await write(`a${index}`);
    await work(queue);
    await write('last');
    await work(queue);
    expect(receiver.actions).toEqual([...Array.from({ length: 450 }, (_, index) => `a${index}`), 'last']);
    expect(receiver.taken.map(({ number }) => number)).toEqual(Array.from({ length: 451 }, (_, index) => index + 1));
    expect(await metric('delivered_total')).toBe(451);
    expect(await metric('backlog')).toBe(0);
  });

  it('delivers an event that was committed after later ones were delivered', async () => {
    const queue = await replica();
    const [early, late] = [newId(), newId()];
    await write('late', { id: late });
    await work(queue);
    await write('early', { id: early });
    await work(queue);
    expect(receiver.actions).toEqual(['late', 'early']);
  });

  it('delivers a sum when its minute is closed, with everything that was counted', async () => {
    const queue = await replica();
    clock.toNextMinute();
    await write('sum', { sumKey: 'k' });
    await write('own');
    await work(queue);
    expect(receiver.actions).toEqual(['own']);
    await sql('UPDATE audit_events SET event_count = 7');
    clock.advance(121);
    await work(queue);
    expect(receiver.taken.map(({ action, count }) => [action, count])).toEqual([
      ['own', 1],
      ['sum', 7],
    ]);
  });

  it('delivers no sum before its minute is closed by the clock of the database too, which other replicas may go by', async () => {
    const queue = await replica();
    clock.advance(BEHIND_SECONDS);
    await write('sum', { sumKey: 'k' });
    clock.advance(600);
    await write('own');
    await work(queue);
    expect(receiver.actions).toEqual(['own']);
  });

  it('leaves a receiver alone that takes nothing, and goes on where it stopped', async () => {
    const queue = await replica();
    receiver.isDown = true;
    await write('a');
    await work(queue);
    await write('b');
    for (let tries = 0; tries < 3; tries++) await work(queue);
    expect(await metric('delivery_failures_total')).toBe(1);
    for (let hour = 0; hour < 10; hour++) await afterPause().then(() => work(queue));
    expect(await metric('delivery_failures_total')).toBe(11);
    expect(await sql("SELECT failures FROM audit_deliveries WHERE name = 'webhook'")).toEqual([{ failures: 11 }]);
    receiver.isDown = false;
    await afterPause();
    await work(queue);
    expect(receiver.actions).toEqual(['a', 'b']);
  });

  it('is done by one process at a time; another takes over when its lease is over', async () => {
    const [one, other] = [await replica(), await replica()];
    await write('a');
    await work(one);
    await write('b');
    await work(other);
    expect(receiver.actions).toEqual(['a']);
    await afterPause();
    await work(other);
    await work(one);
    expect(receiver.actions).toEqual(['a', 'b']);
  });

  it('completes what a process that died has begun to number', async () => {
    const dying = await replica();
    await write('a');
    await write('b');
    await work(dying);
    await sql('UPDATE audit_events SET delivery_number = NULL');
    const ids = (await sql('SELECT id FROM audit_events ORDER BY id')) as { id: string }[];
    const numbering = JSON.stringify(ids.map(({ id }) => id));
    await sql(`UPDATE audit_deliveries SET last_number = 2, numbering = '${numbering}' WHERE name = 'events'`);
    await sql("UPDATE audit_deliveries SET last_number = 0, lease_until_ms = 0 WHERE name = 'webhook'");
    receiver.taken.length = 0;
    await write('c');
    await work(await replica());
    expect(receiver.taken.map(({ number, action }) => [number, action])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
  });

  it('counts what the retention removed before it was delivered, and leaves a gap in the numbers', async () => {
    const queue = await replica();
    receiver.isDown = true;
    for (const action of ['a', 'b', 'c', 'd']) await write(action);
    await work(queue);
    await sql("DELETE FROM audit_events WHERE event_action IN ('a', 'c')");
    receiver.isDown = false;
    await afterPause();
    const other = await replica();
    await work(other);
    expect(receiver.taken.map(({ number, action }) => [number, action])).toEqual([
      [2, 'b'],
      [4, 'd'],
    ]);
    expect(await metric('lost_total')).toBe(2);
    const [row] = (await sql("SELECT lost FROM audit_deliveries WHERE name = 'webhook'")) as { lost: unknown }[];
    expect(Number(row?.lost)).toBe(2);
  });

  it('lets no more wait than may, and counts the others', async () => {
    const queue = await replica(3);
    receiver.isDown = true;
    for (let index = 0; index < 10; index++) await write(`a${index}`);
    await work(queue);
    await work(queue);
    expect([await metric('lost_total'), await metric('backlog')]).toEqual([7, 3]);
    receiver.isDown = false;
    await afterPause();
    await work(await replica(3));
    expect(receiver.actions).toEqual(['a7', 'a8', 'a9']);
  });

  it('sends half as many events after a batch that was not taken, also where there are few', async () => {
    const queue = await replica();
    receiver.isDown = true;
    for (let index = 0; index < 10; index++) await write(`a${index}`);
    for (let tries = 0; tries < 4; tries++) await work(queue).then(afterPause);
    expect(receiver.batches).toEqual([10, 5, 2, 1]);
  });

  it('holds an event back for a second, so that those of other processes with earlier ids come before it', async () => {
    const queue = await replica();
    await write('a');
    expect(await queue.turn()).toBe(false);
    expect(receiver.actions).toEqual([]);
    await work(queue);
    expect(receiver.actions).toEqual(['a']);
  });

  it('looks seldom for what is to be done while its receiver is left alone', async () => {
    const queue = await replica();
    receiver.isDown = true;
    await write('a');
    await work(queue);
    await queue.turn();
    const looks = jest.spyOn(EventNumbers.prototype, 'isDue');
    for (let turns = 0; turns < 3; turns++) await queue.turn();
    expect(looks).not.toHaveBeenCalled();
    looks.mockRestore();
  });

  it('loses nothing to a receiver that takes events, however many there are', async () => {
    const queue = await replica(3);
    for (let index = 0; index < 700; index++) await write(`a${index}`);
    await work(queue);
    expect(receiver.taken).toHaveLength(700);
    expect(await metric('lost_total')).toBeNaN();
  });

  it('numbers everything in a pause, so that what the retention removes is counted', async () => {
    const queue = await replica();
    receiver.isDown = true;
    await write('first');
    await work(queue);
    for (let index = 0; index < 450; index++) await write(`a${index}`);
    await work(queue);
    expect(await metric('backlog')).toBe(451);
  });

  it('sends fewer events together after each time that they were too many for the receiver, and more again', async () => {
    const queue = await replica();
    for (let index = 0; index < 100; index++) await write(`a${index}`);
    receiver.mostBytes = 4_000;
    for (let tries = 0; tries < 8; tries++) await work(queue).then(afterPause);
    expect(receiver.actions.slice(0, 3)).toEqual(['a0', 'a1', 'a2']);
    receiver.mostBytes = Infinity;
    await work(queue);
    expect(receiver.taken).toHaveLength(100);
    expect(receiver.batches.slice(0, 3)).toEqual([100, 50, 25]);
  });

  it('sends not many long events together, but one of any length', async () => {
    const queue = await replica();
    for (const length of [30_000, 30_000, 30_000, 80_000, 1]) {
      const changes = JSON.stringify([{ field: 'name', before: null, after: 'x'.repeat(length) }]);
      await write('a', { changes });
    }
    await work(queue);
    expect(receiver.batches).toEqual([2, 1, 1, 1]);
  });

  it('counts no failure and no pause when the end of the process aborts a batch', async () => {
    const queue = await replica();
    await write('a');
    clock.advance(2);
    const sending = new Promise<void>((resolve) => (receiver.untilAborted = resolve));
    queue.start();
    await sending;
    await queue.stop();
    expect(await metric('delivery_failures_total')).toBeNaN();
    expect(await sql("SELECT failures FROM audit_deliveries WHERE name = 'webhook'")).toEqual([{ failures: 0 }]);
  });

  it('believes no pause and no lease that is longer than they can be', async () => {
    const queue = await replica();
    await write('a');
    await sql("UPDATE audit_deliveries SET retry_at_ms = 9e12, lease_until_ms = 9e12, lease_owner = 'x'");
    await work(queue);
    expect(receiver.actions).toEqual(['a']);
  });

  it('begins no later than the clock of the database', async () => {
    clock.advance(3_600);
    const queue = await replica();
    await write('a');
    await work(queue);
    expect(receiver.actions).toEqual(['a']);
  });

  it('has counters of a receiver that begin with 0, so that alerts see their first step', async () => {
    metrics.auditReceiver('webhook');
    for (const name of ['delivered_total', 'delivery_failures_total', 'lost_total']) expect(await metric(name)).toBe(0);
  });

  it('warns of a receiver that takes nothing once in each process', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const queue = await replica();
    receiver.isDown = true;
    await write('a');
    for (let tries = 0; tries < 3; tries++) await work(queue).then(afterPause);
    const calls = () => warn.mock.calls.filter(([, text]) => String(text).startsWith('Audit events were not taken'));
    expect(calls()).toHaveLength(1);
    await work(await replica());
    expect(calls()).toHaveLength(2);
    warn.mockRestore();
  });
});
