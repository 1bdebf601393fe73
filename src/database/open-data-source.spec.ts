import { describe, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { chmod, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeData, temporaryEnvironment } from '../../test/support/database.js';
import { DatabaseAddress, MysqlAddress } from '../config/database-address.js';
import { mysqlConnectionOf } from './data-source-options.js';
import { lockNameOf } from './migration-lock.js';
import { openDataSource } from './open-data-source.js';
import { sqliteDriver } from './sqlite-driver.js';

function isFileLocked(file: string): boolean {
  const other = new (sqliteDriver())(`${file}.migration-lock`, { timeout: 0 });
  try {
    other.exec('BEGIN EXCLUSIVE; COMMIT');
    return false;
  } catch (error) {
    return (error as { code?: string }).code === 'SQLITE_BUSY';
  } finally {
    other.close();
  }
}

async function isServerLocked(address: MysqlAddress): Promise<boolean> {
  const connection = await createConnection(mysqlConnectionOf(address));
  const [rows] = await connection.query('SELECT IS_USED_LOCK(?) AS holder', [lockNameOf(address)]);
  await connection.end();
  return (rows as { holder: number | null }[])[0]?.holder !== null;
}

async function isLocked(database: DatabaseAddress): Promise<boolean> {
  return database.engine === 'sqlite' ? isFileLocked(database.file) : isServerLocked(database);
}

describe(openDataSource, () => {
  it('lets one process migrate at a time: the lock is held until it is done, and free afterwards', async () => {
    const environment = await temporaryEnvironment();
    let wasLocked = false;
    let isDone = false;
    const opening = openDataSource(environment).finally(() => (isDone = true));
    while (!isDone) {
      wasLocked ||= await isLocked(environment.database);
      await new Promise((resolve) => setImmediate(resolve));
    }
    // The server releases the lock once it notices that the connection has ended, which takes a moment.
    while (await isLocked(environment.database)) await new Promise((resolve) => setImmediate(resolve));
    expect(wasLocked).toBe(true);
    await (await opening).destroy();
    await removeData(environment);
  });

  it('makes a file that nobody else on the machine can read, in a folder alike, and leaves one that is there as it is', async () => {
    const environment = await temporaryEnvironment();
    const folder = join(environment.dataDir, 'made', 'for-it');
    const file = join(folder, 'mooring.db');
    const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    const onFile = { ...environment, database: { engine: 'sqlite', file } as const };
    const opened = await openDataSource(onFile);
    const besides = (await readdir(folder)).filter((name) => /^mooring\.db-/.test(name));
    expect(besides).toContain('mooring.db-wal');
    for (const name of ['mooring.db', ...besides]) expect(await modeOf(join(folder, name))).toBe('600');
    expect([await modeOf(folder), await modeOf(dirname(folder))]).toEqual(['700', '700']);
    await opened.destroy();
    await chmod(file, 0o640);
    await (await openDataSource(onFile)).destroy();
    expect(await modeOf(file)).toBe('640');
    await removeData(environment);
  });

  it('keeps at most 32 MB of the pages of a file, in which those of a thousand users among a million have room', async () => {
    const environment = await temporaryEnvironment();
    if (environment.database.engine === 'sqlite') {
      const opened = await openDataSource(environment);
      expect(await opened.query('PRAGMA cache_size')).toEqual([{ cache_size: -32 * 1024 }]);
      await opened.destroy();
    }
    await removeData(environment);
  });
});
