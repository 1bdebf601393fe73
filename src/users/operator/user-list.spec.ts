import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../../test/support/database.js';
import { User } from '../user.entity.js';
import { UserList } from './user-list.service.js';

const MOMENT = '2026-01-01 00:00:00.000';

describe(UserList, () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openDatabase()));
  afterEach(() => database.close());

  const insert = async (names: readonly string[], deletedAt = 'NULL') => {
    const rows = names.map(
      (name) => `('${name}', '${name}', '${name}', FALSE, FALSE, 's', '${MOMENT}', '${MOMENT}', ${deletedAt})`,
    );
    const columns =
      'id, username, folded_name, is_admin, is_disabled, security_stamp, created_at, updated_at, deleted_at';
    await database.dataSource.query(`INSERT INTO users (${columns}) VALUES ${rows.join(', ')}`);
  };

  it('reads everybody once, by name, in pages of 500, and nobody who was deleted', async () => {
    const names = Array.from({ length: 1000 }, (_, place) => `lin-${String(place).padStart(4, '0')}`);
    await insert([...names].reverse());
    await insert(['lin-gone'], `'${MOMENT}'`);
    const pages: string[][] = [];
    for await (const page of new UserList(database.dataSource.getRepository(User)).pages()) {
      pages.push(page.map(({ username }) => username));
    }
    expect(pages.map(({ length }) => length)).toEqual([500, 500]);
    expect(pages.flat()).toEqual(names);
  });
});
