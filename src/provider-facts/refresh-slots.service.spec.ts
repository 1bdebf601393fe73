import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { RefreshSlot } from './refresh-slot.entity.js';
import { REFRESH_SLOTS, RefreshSlots } from './refresh-slots.service.js';

const LONG_MS = 60_000;

describe(RefreshSlots, () => {
  let database: TestDatabase;
  let other: TestDatabase;
  let replicas: RefreshSlots[];
  beforeAll(async () => {
    database = await openDatabase();
    other = await openDatabase(database);
  });
  afterAll(async () => {
    await other.close();
    await database.close();
  });
  beforeEach(async () => {
    await database.dataSource.getRepository(RefreshSlot).clear();
    replicas = [database, other].map(({ dataSource }) => new RefreshSlots(dataSource.getRepository(RefreshSlot)));
  });

  const takeAll = async () => {
    const tries = Array.from({ length: 4 * REFRESH_SLOTS }, (_, index) => replicas[index % 2]!.take(LONG_MS));
    return (await Promise.all(tries)).filter((held) => held !== null);
  };

  it('gives each slot to one holder at a time, over replicas', async () => {
    const held = [...(await takeAll()), ...(await takeAll())];
    expect(new Set(held.map(({ slot }) => slot)).size).toBe(held.length);
    while (await replicas[0]!.take(LONG_MS)) held.length++;
    expect(held.length).toBe(REFRESH_SLOTS);
  });

  it('gives a slot again once it was released, or has expired, and a former holder releases nothing', async () => {
    const [one, another] = replicas as [RefreshSlots, RefreshSlots];
    const expired = (await one.take(-1))!;
    for (let taken = 0; taken < REFRESH_SLOTS; taken++) expect(await one.take(LONG_MS)).not.toBeNull();
    await one.release(expired);
    expect(await another.take(LONG_MS)).toBeNull();
    const row = await database.dataSource.getRepository(RefreshSlot).findOneByOrFail({ slot: 7 });
    await one.release({ slot: 7, owner: row.owner! });
    expect((await another.take(LONG_MS))?.slot).toBe(7);
  });
});
