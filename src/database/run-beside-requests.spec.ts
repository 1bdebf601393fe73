import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { besideRequests, writeBesideRequests } from '../common/persistence/beside-requests.js';
import { rowsChangedBy } from '../common/persistence/conditional-write.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { runBesideRequests } from './run-beside-requests.js';
import { sqliteDriver } from './sqlite-driver.js';

/** More than are written before the log is brought into the file. */
const MANY = 310;
/** So long that only a broken checkpoint takes it. */
const LONGEST_MS = 3_000;

describe(runBesideRequests, () => {
  let folder: string;
  let file: string;
  let dataSource: DataSource;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-beside-'));
    file = join(folder, 'beside.db');
    const options = { type: 'better-sqlite3', driver: sqliteDriver(), database: file, enableWAL: true } as const;
    dataSource = await runBesideRequests(new DataSource(options)).initialize();
    await dataSource.query('CREATE TABLE notes (text TEXT UNIQUE)');
  });
  afterEach(async () => {
    await dataSource.destroy();
    await rm(folder, { recursive: true });
  });

  it('writes marked statements beside, tells how many rows they changed, and reads them after that', async () => {
    const insert = writeBesideRequests('INSERT INTO notes SELECT value FROM json_each(?)');
    expect(await rowsChangedBy(dataSource, insert, ['["a","b"]'])).toBe(2);
    expect(await dataSource.query(besideRequests('SELECT COUNT(*) AS total FROM notes'))).toEqual([{ total: 2 }]);
    await expect(dataSource.query(insert, ['["a"]'])).rejects.toMatchObject({
      driverError: { code: 'SQLITE_CONSTRAINT_UNIQUE' },
    });
  });

  it('keeps a marked write in the transaction that it is part of', async () => {
    await dataSource.transaction(async ({ queryRunner }) => {
      await queryRunner?.query("INSERT INTO notes VALUES ('own')");
      await queryRunner?.query(writeBesideRequests("UPDATE notes SET text = 'changed'"));
    });
    expect(await dataSource.query('SELECT text FROM notes')).toEqual([{ text: 'changed' }]);
  });

  it('brings the log into the file after some hundreds of writes, long before the connection would', async () => {
    const before = (await stat(file)).size;
    for (let number = 0; number < MANY; number++) {
      await dataSource.query('/* relaxed durability */ INSERT INTO notes VALUES (?)', [`${number}`.repeat(50)]);
    }
    const giveUpAt = performance.now() + LONGEST_MS;
    while ((await stat(file)).size === before && performance.now() < giveUpAt) await yieldToEventLoop();
    expect((await stat(file)).size).toBeGreaterThan(before);
  });
});
