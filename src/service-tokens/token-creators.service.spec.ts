import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import type { AdminGroupPolicy } from '../access/admin-group-policy.js';
import { Clock } from '../common/runtime/clock.js';
import { AuthMode } from '../settings/auth-mode.js';
import { SettingsRow } from '../settings/settings.entity.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/user.entity.js';
import { TokenCreators } from './token-creators.service.js';

const EACH = 20;
const KINDS = {
  admin: { isAdmin: true },
  other: { isAdmin: true },
  plain: { isAdmin: false },
  disabled: { isAdmin: true, isDisabled: true },
};
type Name = keyof typeof KINDS | 'nobody';

describe(TokenCreators, () => {
  let database: TestDatabase;
  let creators: TokenCreators;
  const askAgainBehind = jest.fn(() => Promise.resolve());
  const groups = { askAgainBehind } as Partial<AdminGroupPolicy> as AdminGroupPolicy;

  beforeEach(async () => {
    askAgainBehind.mockClear();
    database = await openDatabase();
    const { dataSource, installation } = database;
    const settings = new SettingsService(dataSource.getRepository(SettingsRow), installation);
    await settings.catchUp();
    creators = new TokenCreators(dataSource, settings, groups, new Clock());
    const [mode, now] = [AuthMode.DATABASE, new Date()];
    const people = Object.entries(KINDS).map(([name, flags]) => ({
      ...{ id: name, mode, username: name, foldedName: name, isDisabled: false, securityStamp: 's' },
      ...{ createdAt: now, updatedAt: now, ...flags },
    }));
    await dataSource.getRepository(User).insert(people);
  });
  afterEach(() => database.close());

  const answersFor = (names: readonly Name[]) => Promise.all(names.map((name) => creators.mayAdminister(name)));
  const many = (...names: Name[]) => Array.from({ length: EACH }, () => names).flat();

  it('reads those whom the requests of one turn ask for in one statement, and answers each about its own', async () => {
    const names = many('admin', 'plain', 'other', 'disabled', 'nobody');
    const statements = jest.spyOn(database.dataSource, 'query');
    const expected = names.map((name) => name === 'admin' || name === 'other');
    expect(await answersFor(names)).toEqual(expected);
    // The first one of all did not wait for others.
    expect(statements).toHaveBeenCalledTimes(2);
    expect(await answersFor(names)).toEqual(expected);
    expect(statements).toHaveBeenCalledTimes(3);
    expect(askAgainBehind.mock.calls).toEqual(many('plain', 'plain').map((name) => [name]));
  });

  it('answers a request on what was written before it, while others of its turn are under way', async () => {
    const before = answersFor(many('admin', 'other'));
    await database.dataSource.getRepository(User).update({ id: 'admin' }, { isAdmin: false });
    expect(await answersFor(['admin', 'other', 'admin'])).toEqual([false, true, false]);
    expect((await before).filter((_, index) => index % 2 === 1)).toEqual(Array.from({ length: EACH }, () => true));
  });
});
