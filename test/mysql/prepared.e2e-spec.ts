import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Connection, createConnection } from 'mysql2/promise';
import { preparedRead } from '../../src/common/persistence/prepared-read.js';
import { mysqlConnectionOf } from '../../src/database/data-source-options.js';
import { openDatabase, TestDatabase } from '../support/database.js';

const TIMES = 5;
const READ = preparedRead('SELECT ? AS answer, s.revision AS revision FROM settings s');

describe('A read that is marked to be prepared', () => {
  let database: TestDatabase;
  let other: Connection;
  beforeEach(async () => {
    database = await openDatabase();
    const address = database.environment.database;
    if (address.engine !== 'mysql') throw new Error('This story needs a database server.');
    other = await createConnection(mysqlConnectionOf(address));
  });
  afterEach(async () => {
    await other.end();
    await database.close();
  });

  const read = async (answer: string) =>
    (await database.dataSource.query<{ answer: string; revision: number }[]>(READ, [answer]))[0];
  const limit = async (count: number) => other.query('SET GLOBAL max_prepared_stmt_count = ?', [count]);

  it('is prepared once for a connection, and answers as a text does', async () => {
    const runner = database.dataSource.createQueryRunner();
    const counts = async () => {
      const rows = (await runner.query("SHOW SESSION STATUS LIKE 'Com_stmt_%'")) as Record<string, string>[];
      const values = Object.fromEntries(
        rows.map(({ Variable_name: name = '', Value: value }) => [name, Number(value)]),
      );
      return [values.Com_stmt_prepare, values.Com_stmt_execute];
    };
    const before = await counts();
    for (let time = 0; time < TIMES; time++) {
      expect(await runner.query(READ, [`answer ${time}`])).toEqual([{ answer: `answer ${time}`, revision: 1 }]);
    }
    const after = await counts();
    await runner.release();
    expect(after.map((count, index) => (count ?? 0) - (before[index] ?? 0))).toEqual([1, TIMES]);
  });

  it('is answered by a server that prepares no more statements', async () => {
    const [rows] = await other.query('SELECT @@max_prepared_stmt_count AS count');
    const [{ count } = { count: 0 }] = rows as { count: number }[];
    await limit(0);
    try {
      expect(await read('unprepared')).toEqual({ answer: 'unprepared', revision: 1 });
    } finally {
      await limit(count);
    }
  });

  it('fails as a text does, and leaves the connection usable', async () => {
    const wrong = preparedRead('SELECT nothing FROM settings');
    await expect(database.dataSource.query(wrong)).rejects.toMatchObject({
      driverError: { code: 'ER_BAD_FIELD_ERROR' },
    });
    expect((await read('again'))?.answer).toBe('again');
  });
});
