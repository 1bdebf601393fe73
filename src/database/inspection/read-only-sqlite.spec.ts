import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFile, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteDriver } from '../sqlite-driver.js';
import { readOnlySqlite } from './read-only-sqlite.js';

describe(readOnlySqlite, () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-inspected-'));
    file = join(folder, 'mooring.db');
    await mkdir(join(folder, 'tmp'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const open = () => readOnlySqlite(file, join(folder, 'tmp'));

  const write = (at: string) => {
    const database = new (sqliteDriver())(at);
    database.pragma('journal_mode = WAL');
    database.exec('CREATE TABLE IF NOT EXISTS people (name TEXT)');
    database.exec("INSERT INTO people VALUES ('lin')");
    return database;
  };
  const copies = () => readdir(join(folder, 'tmp'));
  const SELECT = 'SELECT name FROM people';

  it('reads a copy that has no name any more, and leaves the folder of the database as it is', async () => {
    write(file).close();
    const opened = await open();
    expect(await copies()).toEqual([]);
    expect(await opened.rows(SELECT)).toEqual([{ name: 'lin' }]);
    expect(await opened.rows(SELECT)).toEqual([{ name: 'lin' }]);
    await opened.close();
    expect(await readdir(folder)).toEqual(['mooring.db', 'tmp']);
  });

  it('reads what a server that was killed has left in the write-ahead log', async () => {
    const running = write(join(folder, 'running.db'));
    await copyFile(join(folder, 'running.db'), file);
    await copyFile(join(folder, 'running.db-wal'), `${file}-wal`);
    running.close();
    const opened = await open();
    expect(await copies()).toEqual([]);
    expect(await opened.rows(SELECT)).toEqual([{ name: 'lin' }]);
    await opened.close();
  });

  it('names the error of a damaged file, and leaves no copy', async () => {
    write(file).close();
    await writeFile(file, Buffer.alloc(8_000, 'x'), { flag: 'r+' });
    const bytes = Buffer.from('SQLite format 3\0');
    await writeFile(file, bytes, { flag: 'r+' });
    await expect(open()).rejects.toThrow(/mooring\.db can't be read \(SQLITE_\w+\)/);
    expect(await copies()).toEqual([]);
  });

  it('deletes what a process that was killed while it copied has left, and no copy that is being made', async () => {
    write(file).close();
    for (const name of ['mooring-doctor-old', 'mooring-doctor-new', 'other']) await mkdir(join(folder, 'tmp', name));
    const long = new Date(Date.now() - 7_200_000);
    for (const name of ['mooring-doctor-old', 'other']) await utimes(join(folder, 'tmp', name), long, long);
    await (await open()).close();
    expect((await copies()).sort()).toEqual(['mooring-doctor-new', 'other']);
  });
});
