import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { besideRequests } from '../../src/common/persistence/beside-requests.js';
import { openDatabase, TestDatabase } from '../support/database.js';

const LONG = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT COUNT(*) AS total FROM n`;

describe('A read that is marked as one beside requests', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openDatabase()));
  afterEach(() => database.close());

  const usersOf = (sql: string) => database.dataSource.query<{ id: string }[]>(sql);

  it('holds up no other statement: one that is asked later is answered first', async () => {
    const order: string[] = [];
    const long = database.dataSource.query(besideRequests(LONG)).then(() => order.push('long'));
    await new Promise((resolve) => setImmediate(resolve));
    await usersOf('SELECT id FROM users');
    order.push('short');
    await long;
    expect(order).toEqual(['short', 'long']);
  });

  it('has the rows of an ordinary one, and sees the write before it', async () => {
    const sql = 'SELECT * FROM settings';
    expect(await usersOf(besideRequests(sql))).toEqual(await usersOf(sql));
    await database.dataSource.query('UPDATE settings SET revision = revision + 1');
    expect(await usersOf(besideRequests(sql))).toEqual(await usersOf(sql));
  });

  it('fails as an ordinary one does', async () => {
    const failure = (sql: string) => usersOf(sql).catch(({ name, message }: Error) => ({ name, message }));
    const sql = 'SELECT missing FROM users';
    expect(await failure(besideRequests(sql))).toEqual(await failure(sql));
  });
});
