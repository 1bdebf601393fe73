import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { openDatabase, TestDatabase } from '../../../test/support/database.js';
import type { ProviderGrant } from '../../grants/index.js';
import { RefreshSlot } from '../../provider-facts/refresh-slot.entity.js';
import { RefreshSlots } from '../../provider-facts/refresh-slots.service.js';
import { ProviderSilence } from './provider-silence.service.js';
import { RefreshTurns } from './refresh-turns.service.js';

const LONG_MS = 60_000;
const LOOK_AGAIN_MS = 5;

describe(RefreshTurns, () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await openDatabase()));
  afterAll(() => database.close());

  let silence: ProviderSilence;
  let turns: RefreshTurns;
  beforeEach(async () => {
    await slots().clear();
    silence = new ProviderSilence(new FakeClock());
    turns = new RefreshTurns(silence, new RefreshSlots(slots()));
  });
  const slots = () => database.dataSource.getRepository(RefreshSlot);
  const held = async () => (await slots().find()).filter(({ owner }) => owner !== null).length;
  const untilHeld = async (places: number) => {
    while ((await held()) !== places) await pause(LOOK_AGAIN_MS);
  };
  const grant = { userId: 'lin', version: 1, unclearFromMs: null } as ProviderGrant;
  const fallSilent = () => silence.noteSilence(grant, true, 'NOT_SENT');
  /** Begins to take turns; the list of those that were given grows. */
  const begin = (times: number, isCanary = false) => {
    const given: (() => void)[] = [];
    const all = Array.from({ length: times }, async () => {
      const end = await turns.take(LONG_MS, isCanary);
      if (end) given.push(end);
    });
    return { given, all: Promise.all(all) };
  };

  it('need no slot while the provider answers', async () => {
    const { given, all } = begin(100);
    await all;
    expect([given.length, await slots().count()]).toEqual([100, 0]);
  });

  it('are two while it is silent, beside a canary, and the next one follows when one ends', async () => {
    fallSilent();
    const { given, all } = begin(3);
    await begin(1, true).all;
    while (given.length < 2) await pause(LOOK_AGAIN_MS);
    expect(await held()).toBe(3);
    given[0]!();
    await all;
    expect(given.length).toBe(3);
  });

  it('are twenty when it answers again, and end by themselves', async () => {
    fallSilent();
    silence.noteAnswer('lin');
    const { given, all } = begin(21);
    while (given.length < 20) await pause(LOOK_AGAIN_MS);
    expect(await held()).toBe(20);
    given[0]!();
    given[0]!();
    await all;
    expect(await held()).toBe(20);
    for (const end of given) end();
    await untilHeld(0);
    expect(await turns.take(1, false)).not.toBeNull();
    await untilHeld(0);
  });

  it('are given to nobody once the process ends', async () => {
    fallSilent();
    turns.beforeApplicationShutdown();
    expect(await turns.take(LONG_MS, false)).toBeNull();
  });
});
