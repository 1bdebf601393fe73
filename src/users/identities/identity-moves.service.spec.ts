import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openDatabase, TestDatabase } from '../../../test/support/database.js';
import { Clock } from '../../common/runtime/clock.js';
import { User } from '../user.entity.js';
import { IdentityMoves, UsersChangedMeanwhile } from './identity-moves.service.js';
import type { IdentityMove } from './identity-plan.js';

const ISSUER = 'https://id.example.com';
const COUNT = 8;
const of = (subject: string, issuer = ISSUER) => ({ issuer, subject });
const mapOf = (...pairs: readonly (readonly [string, string])[]): IdentityMove[] =>
  pairs.map(([from, to], index) => ({ line: index + 2, from: of(from), to: of(to) }));

describe(IdentityMoves, () => {
  let database: TestDatabase;
  let moves: IdentityMoves;
  beforeAll(async () => {
    database = await openDatabase();
    moves = new IdentityMoves(users(), new Clock());
  });
  afterAll(() => database.close());
  beforeEach(() => refill());

  const users = () => database.dataSource.getRepository(User);
  const refill = async () => {
    await users().deleteAll();
    const now = new Date();
    const people = Array.from({ length: COUNT }, (_, index) => ({
      ...{ id: `u${index}`, mode: null, username: `u${index}`, foldedName: `u${index}`, ...of(String(index)) },
      ...{ isAdmin: index === 1, isDisabled: index === 2, securityStamp: 's', createdAt: now, updatedAt: now },
    }));
    await users().insert(people);
  };
  const subjects = async () => {
    const rows = await users().find({ order: { id: 'ASC' } });
    return Object.fromEntries(rows.map(({ id, subject }) => [id, subject]));
  };
  const apply = async (map: readonly IdentityMove[]) => {
    const plan = await moves.plan(map);
    if (plan.conflicts.length === 0 && plan.carried.length > 0) await moves.apply(map, plan.carried);
    return plan;
  };

  it('gives everybody what any map without conflicts says, swaps, cycles and chains included, and a second run changes nothing', async () => {
    const all = Array.from({ length: COUNT }, (_, index) => String(index));
    const places = [...all, 'n0', 'n1', 'n2'];
    const some = fc.record({
      from: fc.shuffledSubarray(all, { minLength: 1 }),
      to: fc.shuffledSubarray(places, { minLength: places.length }),
    });
    await fc.assert(
      fc.asyncProperty(some, async ({ from, to }) => {
        await refill();
        const before = await subjects();
        const map = mapOf(...from.map((subject, index) => [subject, to[index]!] as const));
        const { conflicts } = await apply(map);
        const targets = new Map(map.map((move) => [move.from.subject, move.to.subject]));
        const staying = all.filter((subject) => !targets.has(subject));
        const taken = staying.filter((subject) => [...targets.values()].includes(subject));
        expect(conflicts.length).toBe(taken.length);
        const wanted = Object.fromEntries(all.map((subject) => [`u${subject}`, targets.get(subject) ?? subject]));
        const after = await subjects();
        expect(after).toEqual(taken.length > 0 ? before : wanted);
        const again = await apply(map);
        expect(again.carried.length > 0 && again.conflicts.length === 0).toBe(false);
        expect(await subjects()).toEqual(after);
      }),
      { numRuns: 40 },
    );
  });

  it('ends the sessions and the role of those whom it carries, and changes nothing else of anybody', async () => {
    const before = await users().find({ order: { id: 'ASC' } });
    await apply(mapOf(['1', '2'], ['2', '1']));
    const after = await users().find({ order: { id: 'ASC' } });
    const unlike = after.filter((user, index) => user.securityStamp !== before[index]!.securityStamp);
    expect(unlike.map(({ id, subject, isAdmin, isDisabled }) => [id, subject, isAdmin, isDisabled])).toEqual([
      ['u1', '2', false, false],
      ['u2', '1', false, true],
    ]);
    const changed = { subject: 0, securityStamp: 0, updatedAt: 0, isAdmin: 0 };
    const rest = (all: readonly User[]) => all.map((user) => ({ ...user, ...changed }));
    expect(rest(after)).toEqual(rest(before));
  });

  it.each([
    ['nobody has the old identity', mapOf(['x', 'y']), [2]],
    ['somebody else has the new one', mapOf(['1', '2']), [2]],
    ['the old identity is there twice', mapOf(['1', 'x'], ['1', 'y']), [3]],
    ['the new identity is there twice', mapOf(['1', 'x'], ['2', 'x']), [3]],
    ['one of many has a conflict', mapOf(['1', 'x'], ['2', '3'], ['4', 'y'], ['z', 'w']), [3, 5]],
  ])('changes nobody where %s', async (_what, map, lines) => {
    const before = await subjects();
    expect((await apply(map)).conflicts.map(({ line }) => line)).toEqual(lines);
    expect(await subjects()).toEqual(before);
  });

  it('names who has the new identity, and what frees it', async () => {
    const [conflict] = (await moves.plan(mapOf(['1', '2']))).conflicts;
    expect(conflict?.problem).toContain('that of "u2"');
    expect(conflict?.problem).toContain('mooring users remove "u2"');
  });

  it.each([
    ['logs in with a new identity for the first time', () => users().update({ id: 'u7' }, { subject: 'x' })],
    ['is removed', () => users().update({ id: 'u2' }, { issuer: null, subject: null, deletedAt: new Date() })],
    ['gets another identity', () => users().update({ id: 'u1' }, { subject: 'other' })],
  ])('changes nobody where somebody %s after the plan', async (_what, meanwhile) => {
    const map = mapOf(['1', 'x'], ['2', 'y'], ['3', 'z']);
    const { carried } = await moves.plan(map);
    await meanwhile();
    const before = await subjects();
    await expect(moves.apply(map, carried)).rejects.toThrow(UsersChangedMeanwhile);
    expect(await subjects()).toEqual(before);
  });

  it('compares identities byte by byte', async () => {
    await users().update({ id: 'u1' }, { subject: 'Lin' });
    const of = (from: string) => moves.plan(mapOf([from, 'x'])).then(({ carried }) => carried.length);
    expect([await of('Lin'), await of('lin'), await of('Lin '), await of('L\u0131n')]).toEqual([1, 0, 0, 0]);
  });
});
