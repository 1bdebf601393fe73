import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { ReadingBounds, ReadingThread } from './reading-thread.js';
import { sqliteDriver } from './sqlite-driver.js';

const COUNTING = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)';
const countTo = `${COUNTING} SELECT COUNT(*) AS total FROM n`;
const numbersTo = `${COUNTING} SELECT i FROM n`;
const LONG = 3_000_000;
/** So long that it has not ended when the time is up. */
const TOO_LONG = 20_000_000;

describe(ReadingThread, () => {
  let folder: string;
  let database: Database.Database;
  let threads: ReadingThread[];
  const threadWith = (bounds: Partial<ReadingBounds> = {}) => {
    const thread = new ReadingThread(join(folder, 'read.db'), bounds);
    threads.push(thread);
    return thread;
  };
  const refusedFor = (detail: string) => expect.objectContaining({ constructor: ServiceUnavailable, detail });
  const failureOf = (read: Promise<unknown>) => read.then(() => undefined).catch((error: unknown) => error);
  beforeEach(async () => {
    threads = [];
    folder = await mkdtemp(join(tmpdir(), 'mooring-reading-'));
    database = new (sqliteDriver())(join(folder, 'read.db'));
    database.pragma('journal_mode = WAL');
    database.exec("CREATE TABLE notes (id INTEGER, text TEXT); INSERT INTO notes VALUES (1, 'one'), (2, NULL)");
  });
  afterEach(async () => {
    await Promise.all(threads.map((thread) => thread.close()));
    database.close();
    await rm(folder, { recursive: true });
  });

  it('answers with the rows that the driver gives, for as many statements as are asked', async () => {
    const thread = threadWith();
    const sql = 'SELECT id, text FROM notes WHERE id <= ? ORDER BY id';
    expect(await thread.read(sql, [2])).toEqual(database.prepare(sql).all(2));
    const answers = Array.from({ length: 300 }, (_, id) => thread.read(`SELECT ${id} AS id`));
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 300 }, (_, id) => [{ id }]));
  });

  it('sees what was written before the read, and columns that a table has got since', async () => {
    const thread = threadWith();
    const all = () => thread.read('SELECT * FROM notes ORDER BY id');
    expect(await all()).toHaveLength(2);
    database.exec("INSERT INTO notes VALUES (3, 'three')");
    expect((await all())[2]).toEqual({ id: 3, text: 'three' });
    database.exec("ALTER TABLE notes ADD COLUMN more TEXT DEFAULT 'more'");
    expect((await all())[2]).toEqual({ id: 3, text: 'three', more: 'more' });
  });

  it('leaves the process free: a shorter statement on another connection is answered first', async () => {
    const order: string[] = [];
    const long = threadWith()
      .read(countTo, [LONG])
      .then(([row]) => order.push(`long ${String(row?.total)}`));
    await new Promise((resolve) => setImmediate(resolve));
    order.push(`short ${database.prepare('SELECT id FROM notes').all().length}`);
    await long;
    expect(order).toEqual(['short 2', `long ${LONG}`]);
  });

  it('cannot write', async () => {
    const failure = await failureOf(threadWith().read('DELETE FROM notes RETURNING id'));
    expect(failure).toMatchObject({ code: 'SQLITE_READONLY' });
  });

  it("hands on the driver's errors, and answers the next read", async () => {
    const thread = threadWith();
    expect(await failureOf(thread.read('SELECT nothing FROM notes'))).toMatchObject({ code: 'SQLITE_ERROR' });
    expect(await thread.read('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses reads above the number that may wait, and answers those before', async () => {
    const thread = threadWith({ mostWaiting: 2 });
    const reads = Array.from({ length: 4 }, (_, id) => thread.read('SELECT ? AS id', [id]));
    const answers = await Promise.all(reads.map((read) => read.catch((error: unknown) => error)));
    expect(answers).toEqual([[{ id: 0 }], [{ id: 1 }], [{ id: 2 }], refusedFor('READING_OVERLOADED')]);
  });

  it.each([
    ['rows', { mostRows: 10 }],
    ['bytes', { mostBytes: 100 }],
  ])('refuses an answer with too many %s, and answers the next read', async (_what, bounds) => {
    const thread = threadWith(bounds);
    expect(await failureOf(thread.read(numbersTo, [1000]))).toEqual(refusedFor('READING_TOO_LARGE'));
    expect(await thread.read(numbersTo, [2])).toEqual([{ i: 1 }, { i: 2 }]);
  });

  it('refuses a read that lasts too long, and answers the next one in another thread, though native code goes on', async () => {
    const thread = threadWith({ milliseconds: 1000 });
    expect(await failureOf(thread.read(countTo, [TOO_LONG]))).toEqual(refusedFor('READING_TIMEOUT'));
    expect(await thread.read('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts no further thread while two are abandoned, and answers when one of them has ended', async () => {
    const thread = threadWith({ milliseconds: 500 });
    for (const wait of [1, 2]) {
      const outcome = await failureOf(thread.read(countTo, [2 * TOO_LONG]));
      expect([wait, outcome]).toEqual([wait, refusedFor('READING_TIMEOUT')]);
    }
    expect(await failureOf(thread.read('SELECT 1 AS one'))).toEqual(refusedFor('READING_TIMEOUT'));
    const giveUpAt = performance.now() + 60_000;
    let answer: unknown;
    do answer = await failureOf(thread.read('SELECT 1 AS one'));
    while (answer !== undefined && performance.now() < giveUpAt);
    expect(answer).toBeUndefined();
  });

  it.each([
    [
      'ends before a process that closes it, and leaves its exit code',
      'SELECT 1',
      [],
      'closed',
      { status: 3, signal: null },
    ],
    [
      'does not keep a process from its end while the native code of a read goes on',
      ...[countTo, [50 * TOO_LONG], 'READING_TIMEOUT closed', { status: null, signal: 'SIGKILL' }],
    ],
  ] as const)('%s', (_what, sql, parameters, told, end) => {
    const program = `
      import { ReadingThread } from ${JSON.stringify(join(import.meta.dirname, 'reading-thread.ts'))};
      const thread = new ReadingThread(${JSON.stringify(join(folder, 'read.db'))}, { milliseconds: 2000 });
      await thread.read(${JSON.stringify(sql)}, ${JSON.stringify(parameters)}).catch(({ detail }) => console.log(detail));
      await thread.close();
      console.log('closed');
      process.exitCode = 3;`;
    const { stdout, status, signal } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', program],
      { encoding: 'utf8', timeout: 60_000, killSignal: 'SIGABRT' },
    );
    expect([stdout.trim().split('\n').join(' '), { status, signal }]).toEqual([told, end]);
  });

  it('ends its thread when nothing is read, and starts it again', async () => {
    const thread = threadWith({ idleMilliseconds: 0 });
    for (const id of [1, 2]) {
      expect(await thread.read('SELECT ? AS id', [id])).toEqual([{ id }]);
      const giveUpAt = performance.now() + 5_000;
      while (thread.isRunning && performance.now() < giveUpAt) await yieldToEventLoop();
      expect(thread.isRunning).toBe(false);
    }
  });

  it('refuses while the file cannot be read, and answers when it can', async () => {
    const thread = new ReadingThread(join(folder, 'missing.db'));
    threads.push(thread);
    expect(await failureOf(thread.read('SELECT 1 AS one'))).toEqual(refusedFor('SQLITE_CANTOPEN'));
    new (sqliteDriver())(join(folder, 'missing.db')).exec('CREATE TABLE one (id INTEGER)').close();
    expect(await thread.read('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses what has no answer yet when it is closed', async () => {
    const thread = threadWith();
    const reads = [thread.read(countTo, [LONG]), thread.read('SELECT 1')].map(failureOf);
    await thread.close();
    expect(await Promise.all(reads)).toEqual([refusedFor('READING_CLOSED'), refusedFor('READING_CLOSED')]);
    expect(await failureOf(thread.read('SELECT 1'))).toEqual(refusedFor('READING_CLOSED'));
  });
});
