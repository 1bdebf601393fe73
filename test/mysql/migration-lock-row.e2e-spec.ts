import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Connection, createConnection } from 'mysql2/promise';
import { MysqlAddress } from '../../src/config/database-address.js';
import { Environment } from '../../src/config/env.js';
import { mysqlConnectionOf } from '../../src/database/data-source-options.js';
import { MigrationLockRow } from '../../src/database/migration-lock-row.js';
import { connect, removeData, temporaryEnvironment } from '../support/database.js';

const LARGEST = '9223372036854775807';

describe('The row of the migration lock', () => {
  let environment: Environment;
  let connection: Connection;

  beforeEach(async () => {
    environment = await temporaryEnvironment();
    await (await connect(environment)).destroy();
    connection = await createConnection(mysqlConnectionOf(environment.database as MysqlAddress));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    connection.destroy();
    await removeData(environment);
  });

  it('is taken and shown to be alive whatever count was left in it', async () => {
    await connection.query(`UPDATE migration_lock SET beats = ${LARGEST}`);
    const lock = await MigrationLockRow.take(connection, () => undefined);
    await expect(lock.demand()).resolves.toBeUndefined();
    await lock.release();
  });

  it('is not given up while the server refuses to show that its holder is alive', async () => {
    await connection.query('SET SESSION innodb_lock_wait_timeout = 0');
    const lock = await MigrationLockRow.take(connection, () => undefined);
    const other = await createConnection(mysqlConnectionOf(environment.database as MysqlAddress));
    await other.beginTransaction();
    await other.query('SELECT * FROM migration_lock FOR UPDATE');
    const asked = jest.spyOn(connection, 'query');
    // Later than the lock was last confirmed.
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + 6_000);
    const demanded = lock.demand();
    // More often than one statement is repeated.
    while (asked.mock.calls.length < 8) await new Promise((resolve) => setImmediate(resolve));
    await other.rollback();
    await expect(demanded).resolves.toBeUndefined();
    await lock.release();
    other.destroy();
  });

  it('is asked for again before a statement is repeated, which another process may do by then', async () => {
    await connection.query("DELETE FROM migrations WHERE name LIKE 'UniqueMigrations%'");
    await connection.query('DROP INDEX migrations_name ON migrations');
    await connection.query('INSERT INTO migrations (timestamp, name) SELECT timestamp, name FROM migrations LIMIT 1');
    const isThere = async (sql: string) => ((await connection.query(sql))[0] as unknown[]).length > 0;
    const twice = 'SELECT name FROM migrations GROUP BY name HAVING COUNT(*) > 1';
    const deleting = "SELECT id FROM information_schema.PROCESSLIST WHERE INFO LIKE 'DELETE FROM migrations%'";
    const other = await createConnection(mysqlConnectionOf(environment.database as MysqlAddress));
    await other.beginTransaction();
    await other.query('SELECT * FROM migrations FOR UPDATE');

    const told = new Promise<void>((resolve) => {
      jest.spyOn(Logger.prototype, 'warn').mockImplementation((text: unknown) => {
        if (String(text).includes('migration lock')) resolve();
      });
    });
    const opening = connect(environment);
    while (!(await isThere(deleting)));
    await connection.query("UPDATE migration_lock SET owner = 'another'");
    // It waits in vain, for seconds; then it is given again.
    while (await isThere(deleting));
    await other.rollback();
    await told;
    expect(await isThere(twice)).toBe(true);

    await connection.query('UPDATE migration_lock SET owner = NULL');
    await (await opening).destroy();
    expect(await isThere(twice)).toBe(false);
    other.destroy();
  });
});
