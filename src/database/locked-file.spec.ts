import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Database from 'better-sqlite3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { isLocked, LockedFile } from './locked-file.js';
import { sqliteDriver } from './sqlite-driver.js';

const INSERT = 'INSERT INTO notes (text) VALUES (?)';
const MANY = 50;
const TURNS = 20;

describe(LockedFile, () => {
  let folder: string;
  let [own, other]: Database.Database[] = [];
  let file: LockedFile;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-spec-'));
    const path = join(folder, 'notes.db');
    [own, other] = [1, 2].map(() => new (sqliteDriver())(path, { timeout: 0 }));
    own!.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT UNIQUE)');
    file = new LockedFile();
  });
  afterEach(async () => {
    own!.close();
    other!.close();
    await rm(folder, { recursive: true });
  });

  let tries = 0;
  const insert = (text: string) => () => {
    tries++;
    return Promise.resolve(own!.prepare(INSERT).run(text));
  };
  const texts = () => own!.prepare('SELECT text FROM notes ORDER BY rowid').pluck().all();

  it('takes a write at once where nobody holds it, and tells the failure of one that is refused', async () => {
    tries = 0;
    await file.run(insert('one'));
    await expect(file.run(insert('one'))).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
    expect([tries, texts()]).toEqual([2, ['one']]);
  });

  it('lets a write wait for the one that holds it, while the event loop turns', async () => {
    other!.exec('BEGIN IMMEDIATE');
    let isWritten = false;
    const writing = file.run(insert('late')).then(() => (isWritten = true));
    for (let turns = 0; turns < 100; turns++) await yieldToEventLoop();
    expect(isWritten).toBe(false);
    other!.exec('COMMIT');
    await writing;
    expect(texts()).toEqual(['late']);
  });

  it('writes what has waited in its order, one in a turn of the event loop', async () => {
    other!.exec('BEGIN IMMEDIATE');
    const words = Array.from({ length: MANY }, (_, index) => `word ${index}`);
    const writing = Promise.all(words.map((word) => file.run(insert(word))));
    await yieldToEventLoop();
    other!.exec('COMMIT');
    const seen = new Set<number>();
    let isDone = false;
    void writing.then(() => (isDone = true));
    while (!isDone) {
      seen.add(texts().length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(texts()).toEqual(words);
    expect(seen.size).toBeGreaterThan(MANY / 2);
  });

  it('tries only the first that waits, however many wait', async () => {
    other!.exec('BEGIN IMMEDIATE');
    tries = 0;
    const writing = Array.from({ length: MANY }, (_, index) => file.run(insert(`${index}`)));
    expect(tries).toBe(MANY);
    for (let turns = 0; turns < TURNS; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(tries).toBeLessThanOrEqual(MANY + TURNS);
    other!.exec('COMMIT');
    await Promise.all(writing);
  });

  it('is given up by every write that has waited long enough, with the error of the lock', async () => {
    other!.exec('BEGIN IMMEDIATE');
    const soonGivenUp = new LockedFile(20);
    const failures = await Promise.all(
      ['a', 'b'].map((text) => soonGivenUp.run(insert(text)).catch((error: unknown) => error)),
    );
    other!.exec('COMMIT');
    expect(failures.map(isLocked)).toEqual([true, true]);
    await file.run(insert('after'));
    expect(texts()).toEqual(['after']);
  });
});
