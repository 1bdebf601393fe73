import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Database from 'better-sqlite3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { sqliteDriver } from './sqlite-driver.js';
import { waitForDisk } from './sqlite-synchronous.js';

const WAITS = 2;
const INSERT = 'INSERT INTO notes (text) VALUES (?)';

describe(waitForDisk, () => {
  let folder: string;
  let database: Database.Database;
  let statements: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-spec-'));
    const verbose = (sql?: unknown) => void statements.push(String(sql));
    statements = [];
    database = new (sqliteDriver())(join(folder, 'notes.db'), { verbose });
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT UNIQUE)');
    waitForDisk(database);
    statements = [];
  });
  afterEach(async () => {
    database.close();
    await rm(folder, { recursive: true });
  });

  const level = () => database.pragma('synchronous', { simple: true });

  it('waits at every write', () => {
    database.prepare(INSERT).run('kept');
    expect(statements).toEqual([INSERT.replace('?', "'kept'")]);
    expect(level()).toBe(WAITS);
  });

  it('does not wait at one that is marked, and waits again after it, even where it failed', () => {
    const marked = `/* ${RELAXED_DURABILITY} */ ${INSERT}`;
    const around = ['PRAGMA synchronous = NORMAL', marked.replace('?', "'hint'"), 'PRAGMA synchronous = FULL'];
    database.prepare(marked).run('hint');
    expect(statements).toEqual(around);
    expect(() => database.prepare(marked).run('hint')).toThrow('UNIQUE');
    expect(statements).toEqual([...around, ...around]);
    expect(level()).toBe(WAITS);
  });
});
