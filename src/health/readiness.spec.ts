import { beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { FakeClock } from '../../test/support/fake-clock.js';
import { Readiness } from './readiness.js';

describe(Readiness, () => {
  let clock: FakeClock;
  let failing: Set<'read' | 'write'>;
  let writes: number;
  let readiness: Readiness;
  beforeEach(() => {
    [clock, failing, writes] = [new FakeClock(), new Set(), 0];
    const attempt = (what: 'read' | 'write') =>
      failing.has(what) ? Promise.reject(new Error(what)) : Promise.resolve();
    const write = () => {
      writes++;
      return attempt('write');
    };
    readiness = new Readiness({ read: () => attempt('read'), write }, clock);
  });

  it('writes once in five seconds at the most, however often it is asked, and however it ended', async () => {
    for (const what of ['nothing', 'write'] as const) {
      if (what === 'write') failing.add(what);
      const before = writes;
      await Promise.all(Array.from({ length: 20 }, () => readiness.problem()));
      clock.advance(4);
      await readiness.problem();
      expect(writes - before).toBe(1);
      clock.advance(2);
    }
  });

  it('writes on time also where the clock was set back', async () => {
    await readiness.problem();
    failing.add('write');
    clock.advance(-3600);
    expect(await readiness.problem()).toBe('DATABASE_NOT_WRITABLE');
  });

  it('says what is in the way, and that it is gone', async () => {
    expect(await readiness.problem()).toBeNull();
    failing.add('read');
    expect(await readiness.problem()).toBe('DATABASE_UNREADABLE');
    failing.delete('read');
    expect(await readiness.problem()).toBeNull();
    failing.add('write');
    clock.advance(6);
    expect(await readiness.problem()).toBe('DATABASE_NOT_WRITABLE');
    failing.delete('write');
    clock.advance(6);
    expect(await readiness.problem()).toBeNull();
  });

  it('is not ready while the database does not answer, and is again when it does', async () => {
    let isHanging = true;
    const held: (() => void)[] = [];
    const read = () => (isHanging ? new Promise<void>((resolve) => held.push(resolve)) : Promise.resolve());
    readiness = new Readiness({ read, write: () => Promise.resolve() }, clock, undefined, {
      read: 10,
      write: 10,
    });
    for (let asked = 0; asked < 20; asked++) expect(await readiness.problem()).toBe('DATABASE_UNREADABLE');
    expect(held.length).toBeLessThanOrEqual(3);
    isHanging = false;
    for (const answer of held) answer();
    await turn();
    expect(await readiness.problem()).toBeNull();
  });

  it('tells each change once, however often it is asked, and at most one in five seconds', async () => {
    const told: unknown[] = [];
    const probe = { read: () => (failing.has('read') ? Promise.reject(new Error('read')) : Promise.resolve()) };
    readiness = new Readiness({ ...probe, write: () => Promise.resolve() }, clock, (problem) => told.push(problem));
    for (const isFailing of [false, true, false, true]) {
      if (isFailing) failing.add('read');
      else failing.delete('read');
      await Promise.all(Array.from({ length: 5 }, () => readiness.problem()));
      clock.advance(6);
    }
    expect(told).toEqual(['DATABASE_UNREADABLE', null, 'DATABASE_UNREADABLE']);
    for (const isFailing of [false, true, false, true, false]) {
      if (isFailing) failing.add('read');
      else failing.delete('read');
      await readiness.problem();
    }
    expect(told.slice(3)).toEqual([null]);
  });
});
