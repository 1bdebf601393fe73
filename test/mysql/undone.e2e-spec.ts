import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Connection, createConnection } from 'mysql2/promise';
import { mysqlConnectionOf } from '../../src/database/data-source-options.js';
import { openDatabase, TestDatabase } from '../support/database.js';

// A statement on six rows that has been at it for this long is waiting. (The tables of locks show what was half a second ago.)
const WAITING = `
  SELECT COUNT(*) AS waiting FROM information_schema.PROCESSLIST
  WHERE DB = DATABASE() AND INFO LIKE 'UPDATE%2030%' AND TIME_MS > 300`;

describe('A statement', () => {
  let database: TestDatabase;
  let other: Connection;
  beforeEach(async () => {
    database = await openDatabase();
    const address = database.environment.database;
    if (address.engine !== 'mysql') throw new Error('This story needs a database server.');
    other = await createConnection(mysqlConnectionOf(address));
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const insert = 'INSERT INTO once_only (purpose, hash, expires_at) VALUES (?, ?, ?)';
      await database.dataSource.query(insert, ['race', id, new Date()]);
    }
  });
  afterEach(async () => {
    await other.end();
    await database.close();
  });

  const untilOneWaits = async () => {
    for (;;) {
      const [rows] = await other.query(WAITING);
      if ((rows as { waiting: number }[])[0]!.waiting > 0) return;
    }
  };
  const touchAll = () =>
    database.dataSource.query("UPDATE once_only SET expires_at = '2030-01-01' WHERE purpose = 'race'");

  it('that loses a deadlock is given again, and its caller hears nothing of it', async () => {
    // The server ends the deadlock by undoing whoever has changed less.
    await other.query('START TRANSACTION');
    for (const id of ['b', 'c', 'd', 'e', 'f']) {
      await other.query("UPDATE once_only SET expires_at = '2031-01-01' WHERE purpose = 'race' AND hash = ?", [id]);
    }
    const touched = touchAll();
    await untilOneWaits();
    await other.query("UPDATE once_only SET expires_at = '2031-01-01' WHERE purpose = 'race' AND hash = 'a'");
    await other.query('COMMIT');
    await touched;
    const sql = "SELECT COUNT(*) AS touched FROM once_only WHERE purpose = 'race' AND expires_at = '2030-01-01'";
    expect(Number((await database.dataSource.query<{ touched: string }[]>(sql))[0]!.touched)).toBe(6);
  });

  it('that waits for a lock too long ends as unavailable', async () => {
    await other.query('START TRANSACTION');
    await other.query("UPDATE once_only SET expires_at = '2031-01-01' WHERE purpose = 'race'");
    await expect(touchAll()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', detail: 'ER_LOCK_WAIT_TIMEOUT' });
    await other.query('ROLLBACK');
  });

  it('compares what identifies byte by byte, and is refused where a value does not fit', async () => {
    const { dataSource } = database;
    const insert = (hash: string) =>
      dataSource.query('INSERT INTO once_only (purpose, hash, expires_at) VALUES (?, ?, ?)', [
        'case',
        hash,
        new Date(),
      ]);
    for (const hash of ['x', 'X', 'x ', '\u00e9', 'e\u0301']) await insert(hash);
    const found = await dataSource.query<unknown[]>("SELECT hash FROM once_only WHERE purpose = 'case' AND hash = 'x'");
    expect(found).toEqual([{ hash: 'x' }]);
    await expect(insert('h'.repeat(65))).rejects.toThrow('too long');
  });

  it('runs under settings of our own, whatever those of the server are', async () => {
    const sql = `SELECT @@time_zone AS zone, @@tx_isolation AS isolation, @@sql_mode AS mode, @@collation_database AS collation,
      @@character_set_connection AS charset`;
    const [row] = await database.dataSource.query<Record<string, string>[]>(sql);
    expect(row).toMatchObject({ zone: '+00:00', isolation: 'READ-COMMITTED', charset: 'utf8mb4' });
    expect(row).toMatchObject({ collation: 'utf8mb4_nopad_bin', mode: expect.stringContaining('STRICT_ALL_TABLES') });
  });
});
