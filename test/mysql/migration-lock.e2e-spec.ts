import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Connection, createConnection } from 'mysql2/promise';
import { setTimeout as pause } from 'node:timers/promises';
import { MysqlAddress } from '../../src/config/database-address.js';
import { mysqlConnectionOf } from '../../src/database/data-source-options.js';
import { lockNameOf } from '../../src/database/migration-lock.js';
import { MigrationLockLost, MigrationLockRow } from '../../src/database/migration-lock-row.js';
import { openDataSource } from '../../src/database/open-data-source.js';
import { openDatabase, TestDatabase } from '../support/database.js';

const LOOK_AGAIN_MS = 20;

describe('The migration lock that all nodes of a cluster know', () => {
  let database: TestDatabase;
  const connections: Connection[] = [];
  const held: MigrationLockRow[] = [];
  beforeEach(async () => (database = await openDatabase()));
  afterEach(async () => {
    for (const lock of held.splice(0)) await lock.release();
    for (const connection of connections.splice(0)) await connection.end();
    await database.close();
  });

  const addressOf = () => database.environment.database as MysqlAddress;
  const connect = async () => {
    const connection = await createConnection(mysqlConnectionOf(addressOf()));
    connections.push(connection);
    return connection;
  };
  const take = async (onWait: (holder: string) => void = () => undefined) => {
    const lock = await MigrationLockRow.take(await connect(), onWait);
    held.push(lock);
    return lock;
  };

  it('is held by one, and by the next as soon as it is released', async () => {
    const first = await take();
    let isTaken = false;
    let holder = '';
    const next = take((told) => (holder = told)).finally(() => (isTaken = true));
    while (holder === '') await pause(LOOK_AGAIN_MS);
    expect(holder).toMatch(new RegExp(`^process ${process.pid} on `));
    await first.demand();
    expect(isTaken).toBe(false);
    await first.release();
    await (await next).demand();
  });

  it('is taken over from a holder that shows no sign of life', async () => {
    await (await take()).release();
    const other = await connect();
    await other.query("UPDATE migration_lock SET owner = 'gone', holder = 'process 1 on another machine' WHERE id = 1");
    const next = await take();
    await next.demand();
  });

  it('is lost by a holder from whom it was taken over', async () => {
    const lock = await take();
    const other = await connect();
    await other.query("UPDATE migration_lock SET owner = 'other' WHERE id = 1");
    const isLost = async () =>
      lock.demand().then(
        () => false,
        (error: unknown) => error instanceof MigrationLockLost,
      );
    while (!(await isLost())) await pause(LOOK_AGAIN_MS);
    const [rows] = await other.query('SELECT owner FROM migration_lock');
    await lock.release();
    expect(rows).toEqual([{ owner: 'other' }]);
  });

  it('and that of the node are not waited for where nothing is to be migrated', async () => {
    await take();
    const other = await connect();
    await other.query('SELECT GET_LOCK(?, 0)', [lockNameOf(addressOf())]);
    const opened = await openDataSource(database.environment);
    await opened.destroy();
  });
});
