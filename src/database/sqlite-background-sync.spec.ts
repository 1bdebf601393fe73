import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { SYNCED_IN_BACKGROUND } from '../common/persistence/background-sync.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { sqliteDriver } from './sqlite-driver.js';
import { joinedSync, syncInBackground, WriteAheadLog } from './sqlite-background-sync.js';
import { waitForDisk } from './sqlite-synchronous.js';

describe(syncInBackground, () => {
  let folder: string;
  let database: DataSource;
  let syncs: (() => void)[];
  const openWith = async (sync?: () => Promise<void>) => {
    const file = join(folder, 'notes.db');
    const options = { type: 'better-sqlite3', driver: sqliteDriver(), database: file, enableWAL: true } as const;
    database = syncInBackground(new DataSource({ ...options, prepareDatabase: waitForDisk }), sync);
    await database.initialize();
    await database.query('CREATE TABLE IF NOT EXISTS notes (note TEXT UNIQUE)');
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-spec-'));
    syncs = [];
  });
  afterEach(async () => {
    await database.destroy();
    await rm(folder, { recursive: true });
  });

  const note = (text: string) =>
    database.query(`/* ${SYNCED_IN_BACKGROUND} */ INSERT INTO notes (note) VALUES (?)`, [text]);
  const notes = async () => (await database.query<{ note: string }[]>('SELECT note FROM notes')).map((row) => row.note);
  const heldSync = () => new Promise<void>((done) => syncs.push(done));

  it('tells of a marked write when the disk has it; others are served meanwhile', async () => {
    await openWith(heldSync);
    let isTold = false;
    const writing = note('kept').then(() => (isTold = true));
    while (syncs.length === 0) await yieldToEventLoop();
    expect([await notes(), isTold]).toEqual([['kept'], false]);
    await database.query("INSERT INTO notes (note) VALUES ('plain')");
    expect([await notes(), isTold, syncs.length]).toEqual([['kept', 'plain'], false, 1]);
    syncs[0]!();
    await writing;
  });

  it('does not sync for a write that failed, and fails where the sync does', async () => {
    await openWith(() => Promise.reject(new Error('EIO')));
    await expect(note('lost')).rejects.toThrow('EIO');
    await expect(note('lost')).rejects.toThrow('UNIQUE');
  });

  it('syncs the log of the file, as often as it is written', async () => {
    await openWith();
    await Promise.all(['a', 'b', 'c'].map(note));
    await note('d');
    expect(await notes()).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe(WriteAheadLog, () => {
  it('opens the file when it is synced, and anew after a failure and after it was closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-spec-'));
    const log = new WriteAheadLog(join(folder, 'notes.db'));
    await expect(log.sync()).rejects.toThrow('ENOENT');
    await writeFile(join(folder, 'notes.db-wal'), '');
    await log.sync();
    await log.close();
    await rm(join(folder, 'notes.db-wal'));
    await expect(log.sync()).rejects.toThrow('ENOENT');
    await log.close();
    await rm(folder, { recursive: true });
  });

  it('does not stay open for a sync that comes after it was closed, as when one waits while the database is closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-spec-'));
    const [file, log] = [join(folder, 'notes.db-wal'), new WriteAheadLog(join(folder, 'notes.db'))];
    await writeFile(file, '');
    const syncing = log.sync();
    await Promise.all([log.close(), syncing.then(() => log.sync())]);
    await rm(file);
    await expect(log.sync()).rejects.toThrow('ENOENT');
    await rm(folder, { recursive: true });
  });
});

describe(joinedSync, () => {
  it('begins one after the other: what is written during one is in the next, which is for all who wait', async () => {
    const running: (() => void)[] = [];
    const sync = joinedSync(() => new Promise<void>((done) => running.push(done)));
    const told: string[] = [];
    const ask = (name: string) => sync().then(() => told.push(name));
    const first = ask('first');
    await yieldToEventLoop();
    const others = [ask('second'), ask('third')];
    await yieldToEventLoop();
    expect(running).toHaveLength(1);
    running[0]!();
    await first;
    await yieldToEventLoop();
    expect([told, running.length]).toEqual([['first'], 2]);
    running[1]!();
    await Promise.all(others);
    expect(told).toEqual(['first', 'second', 'third']);
  });

  it('is tried again by the next who asks, after one that failed', async () => {
    let isFailing = true;
    const sync = joinedSync(() => (isFailing ? Promise.reject(new Error('EIO')) : Promise.resolve()));
    await expect(sync()).rejects.toThrow('EIO');
    isFailing = false;
    await expect(sync()).resolves.toBeUndefined();
  });
});
