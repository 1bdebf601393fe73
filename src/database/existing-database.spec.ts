import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openExistingDatabase, problemOf } from './existing-database.js';
import { MIGRATIONS } from './migrations/index.js';
import { sqliteDriver } from './sqlite-driver.js';

const NAMES = MIGRATIONS.map(({ name }) => name);

describe(problemOf, () => {
  it.each([
    ['none', [], /^holds no installation/],
    ['all of this release', NAMES, /^$/],
    ['all but the last', NAMES.slice(0, -1), /^is of an older release.*nothing was changed/],
    ['one more', [...NAMES, 'Next1999999999999'], /^is of a newer release \(Next1999999999999\)/],
  ])('says what is wrong with a database after these migrations: %s', (_which, done, problem) => {
    expect(problemOf(done) ?? '').toMatch(problem);
  });

  it('lets a newer one pass where that is allowed, as the start does, and only that', () => {
    const allowed = { allowDowngrade: true };
    expect(problemOf([...NAMES, 'Next1999999999999'], allowed)).toBeUndefined();
    expect(problemOf([...NAMES.slice(1), 'Next1999999999999'], allowed)).toContain('older release');
    expect(problemOf([], allowed)).toContain('holds no installation');
  });
});

describe(openExistingDatabase, () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'mooring-spec-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const open = (file: string) => openExistingDatabase({ database: { engine: 'sqlite', file } });
  const digestOf = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');

  it.each([
    ['the database of another program', 'other.db', 'holds no installation'],
    ['no database', 'text.db', "can't be read (SQLITE_NOTADB)"],
    ['a folder', '.', 'is not a file'],
    ['nothing', 'missing/mooring.db', 'There is no database'],
  ])('refuses %s and changes nothing', async (_what, name, problem) => {
    const other = new (sqliteDriver())(join(folder, 'other.db'));
    other.exec('CREATE TABLE migrations (name TEXT)').close();
    await writeFile(join(folder, 'text.db'), 'a file of another kind, long enough for a header'.repeat(100));
    const before = await digestOf(join(folder, 'other.db'));
    await expect(open(join(folder, name))).rejects.toThrow(problem);
    expect(await digestOf(join(folder, 'other.db'))).toBe(before);
    expect((await readdir(folder)).sort()).toEqual(['other.db', 'text.db']);
  });
});
