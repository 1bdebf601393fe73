import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Database from 'better-sqlite3';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { sqliteDriver } from './sqlite-driver.js';
import { WritingThread } from './writing-thread.js';

const INSERT = 'INSERT INTO notes VALUES (?)';
/** Takes long enough for many turns of the event loop. */
const FILL =
  'INSERT INTO notes WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i FROM n';

describe(WritingThread, () => {
  let folder: string;
  let database: Database.Database;
  let thread: WritingThread;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-writing-'));
    database = new (sqliteDriver())(join(folder, 'written.db'));
    database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE notes (text TEXT UNIQUE)');
    thread = new WritingThread(join(folder, 'written.db'), 0);
  });
  afterEach(async () => {
    await thread.close();
    database.close();
    await rm(folder, { recursive: true });
  });

  const total = () => database.prepare('SELECT COUNT(*) FROM notes').pluck().get();

  it('writes one statement after the other, and tells how many rows each changed', async () => {
    const changes = [
      thread.write(INSERT, ['a']),
      thread.write("UPDATE notes SET text = 'b'"),
      thread.write(INSERT, ['c']),
    ];
    expect(await Promise.all(changes)).toEqual([1, 1, 1]);
    expect(total()).toBe(2);
  });

  it('brings the log into the file, beside other writes', async () => {
    const file = join(folder, 'written.db');
    database.exec(FILL);
    const before = (await stat(file)).size;
    await Promise.all([thread.checkpoint(), thread.write(INSERT, ['beside'])]);
    expect((await stat(file)).size).toBeGreaterThan(2 * before);
  });

  it('leaves the process free meanwhile', async () => {
    let turns = 0;
    let isDone = false;
    const filled = thread.write(FILL).finally(() => (isDone = true));
    for (; !isDone; turns++) await yieldToEventLoop();
    expect(await filled).toBe(300_000);
    expect(turns).toBeGreaterThan(10);
  });

  it('hands on the errors of the driver, and goes on', async () => {
    const failure = (error: unknown) => error;
    const [, twice, more] = await Promise.all([
      thread.write(INSERT, ['a']),
      thread.write(INSERT, ['a']).catch(failure),
      thread.write(INSERT, ['b']),
    ]);
    expect([twice, more]).toEqual([expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE' }), 1]);
  });

  it('ends its thread when nothing is written, and starts it again', async () => {
    for (const text of ['a', 'b']) {
      expect(await thread.write(INSERT, [text])).toBe(1);
      while (thread.isRunning) await yieldToEventLoop();
    }
    expect(total()).toBe(2);
  });

  it('finishes what it writes when it is closed, and refuses what comes later', async () => {
    const filled = thread.write(FILL);
    while (!thread.isRunning) await yieldToEventLoop();
    await Promise.all([filled, thread.close()]);
    expect(total()).toBe(300_000);
    await expect(thread.write(INSERT, ['late'])).rejects.toBeInstanceOf(ServiceUnavailable);
  });
});
