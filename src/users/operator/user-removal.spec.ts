import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../../test/support/database.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { newId } from '../../common/persistence/ids.js';
import { newStamp } from '../security-stamp.js';
import { User } from '../user.entity.js';
import { UsersService } from '../users.service.js';
import { UserRemoval } from './user-removal.service.js';

const clock = new FakeClock();

describe(UserRemoval, () => {
  let database: TestDatabase;
  let users: UsersService;
  let removal: UserRemoval;
  beforeEach(async () => {
    database = await openDatabase();
    const rows = database.dataSource.getRepository(User);
    users = new UsersService(rows, database.installation, clock);
    removal = new UserRemoval(rows, database.installation, clock);
  });
  afterEach(() => database.close());

  const rows = () => database.dataSource.getRepository(User);
  const created = async (name: string, withDigest = true) => {
    const names = users.nameColumnsOf(name);
    const user = { id: newId(), mode: null, ...names, ...(!withDigest && { nameDigest: null }) };
    const [createdAt, facts] = [clock.now(), { isAdmin: true, isDisabled: false, email: 'lin@example.org' }];
    await rows().insert({ ...user, ...facts, createdAt, ...newStamp(createdAt) });
    return rows().findOneByOrFail({ id: user.id });
  };
  const remove = async (...gone: readonly User[]) => {
    await removal.end(gone);
    await removal.erase(gone);
  };
  const stored = async () => JSON.stringify(await rows().find());

  it.each([true, false])(
    'keeps only digests of the name, also of a user of an older release: %s',
    async (withDigest) => {
      const user = await created('Lin', withDigest);
      await remove(user);
      expect(await stored()).not.toMatch(new RegExp(`lin|example|${user.id}`, 'i'));
      expect([await users.isFree('LIN'), await users.byName('lin'), await users.isFree('kim')]).toEqual([
        false,
        null,
        true,
      ]);
      await expect(created('lin')).rejects.toThrow(/unique|duplicate/i);
    },
  );

  it.each([
    ['pay', '\u0440\u0430\u0443'],
    ['\u0440\u0430\u0443', 'pay'],
    ['\u0440\u0430\u0443', '\u0440\u0251\u0443'],
  ])('keeps names that look alike from others, as long as they are not the same: %s and %s', async (gone, alike) => {
    const user = await created(gone);
    const before = [await users.hasLookalike(alike), await users.hasLookalike(gone), await users.hasLookalike('kim')];
    expect(before).toEqual([true, false, false]);
    await remove(user);
    const after = [await users.hasLookalike(alike), await users.hasLookalike(gone), await users.hasLookalike('kim')];
    expect(after).toEqual(before);
  });

  it('can be stopped after each step and run again, alone or with others', async () => {
    const [lin, kim, sam] = [await created('lin'), await created('kim', false), await created('sam')];
    await removal.end([lin]);
    expect([(await removal.byName('lin'))?.id, await users.byName('lin'), await users.isFree('lin')]).toEqual([
      lin.id,
      null,
      false,
    ]);
    await removal.end([lin, kim]);
    await remove(lin, kim);
    await remove(lin, kim);
    expect(await rows().count()).toBe(3);
    expect([await users.isFree('lin'), await users.isFree('kim'), (await users.byName('sam'))?.id]).toEqual([
      false,
      false,
      sam.id,
    ]);
  });

  it('keeps only digests of the names that they had before, too', async () => {
    const lin = await created('linda');
    const former = { ...(await created('lin')), deletedAt: clock.now(), renamedTo: lin.id, email: null };
    await rows().save(former);
    await remove(lin);
    await remove(lin);
    expect(await stored()).not.toMatch(new RegExp(`lin|${lin.id}`, 'i'));
    expect([await users.isFree('lin'), await users.isFree('linda')]).toEqual([false, false]);
  });

  it('keeps the present name, too, of a user who was renamed after they were read', async () => {
    const lin = await created('lin');
    await rows().update({ id: lin.id }, users.nameColumnsOf('linda'));
    await remove(lin);
    expect([await users.isFree('linda'), await users.byName('linda')]).toEqual([false, null]);
    expect(await stored()).not.toContain('lin');
  });

  it('erases nobody who was not ended before', async () => {
    const lin = await created('lin');
    await removal.erase([lin]);
    expect((await users.byName('lin'))?.id).toBe(lin.id);
  });
});
