import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sqliteDriver } from '../../src/database/sqlite-driver.js';
import { ServerFolder } from '../support/server-folder.js';

const NOT_A_DATABASE = ['hello', 'x'.repeat(100_000), 'SQLite format 2\0 and more'];
/** Root may do everything, unless it gives these rights up (capabilities(7)). */
const UNDER_RIGHTS = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

describe('The start of the server', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const at = (...name: string[]) => join(folder.path, ...name);
  const refusedStart = async (changes: Record<string, string> = {}, line = ['node', 'dist/src/main.js']) => {
    const server = await folder.run(line, changes);
    expect(await server.exit()).toBe(1);
    expect(server.output).not.toContain('    at ');
    return server.output;
  };

  it.each(NOT_A_DATABASE)('refuses a file that is no database, and writes nothing beside it: %#', async (text) => {
    await writeFile(at('notes.txt'), text);
    const said = await refusedStart({ DATABASE_URL: `sqlite:${at('notes.txt')}` });
    expect(said).toContain(`${at('notes.txt')} is not a SQLite database. Correct DATABASE_URL`);
    expect([await readdir(folder.path), await readFile(at('notes.txt'), 'utf8')]).toEqual([['notes.txt'], text]);
  });

  it('refuses a folder in place of the database, and writes nothing beside it', async () => {
    await mkdir(at('db'));
    expect(await refusedStart({ DATABASE_URL: `sqlite:${at('db')}` })).toContain(`${at('db')} is a folder. Correct`);
    expect(await readdir(folder.path)).toEqual(['db']);
  });

  it('says that a database is damaged', async () => {
    const database = new (sqliteDriver())(at('mooring.db'));
    database.exec('CREATE TABLE settings (id INTEGER)');
    database.close();
    const whole = await readFile(at('mooring.db'));
    await writeFile(at('mooring.db'), Buffer.concat([whole.subarray(0, 100), Buffer.alloc(whole.length - 100, 0xff)]));
    expect(await refusedStart()).toMatch(/\(SQLITE_(CORRUPT|NOTADB)\w*\)\. .* is damaged: restore it from a backup/);
  });

  it('refuses a DATA_DIR that can not be made, before a database is', async () => {
    const said = await refusedStart({ DATA_DIR: '/dev/null/data', DATABASE_URL: `sqlite:${at('db', 'mooring.db')}` });
    expect(said).toContain('Check that DATA_DIR is a folder that Mooring can write');
    expect(await readdir(folder.path)).toEqual([]);
  });

  it.each([
    [
      'DATA_DIR',
      { DATA_DIR: 'closed', DATABASE_URL: 'own/mooring.db' },
      /closed\/first-start could not be written \(EACCES\)\. Check that DATA_DIR/,
    ],
    [
      'DATABASE_URL',
      { DATA_DIR: 'own', DATABASE_URL: 'closed/mooring.db' },
      /closed\/mooring\.db\S* can't be used \(\w+\)\. The folder in DATABASE_URL must be writable/,
    ],
    [
      'DATABASE_URL',
      { DATA_DIR: 'own', DATABASE_URL: 'secret.db' },
      /secret\.db can't be read \(EACCES\)\. Let the user of this server read and write the file in DATABASE_URL/,
    ],
  ])('names %s where its user has no rights, and makes nothing: %j', async (_name, places, said) => {
    await Promise.all([mkdir(at('closed')), mkdir(at('own')), writeFile(at('secret.db'), 'SQLite format 3\0')]);
    await Promise.all([chmod(at('closed'), 0), chmod(at('secret.db'), 0)]);
    const variables = { DATA_DIR: at(places.DATA_DIR), DATABASE_URL: `sqlite:${at(places.DATABASE_URL)}` };
    expect(await refusedStart(variables, [...UNDER_RIGHTS, process.execPath, 'dist/src/main.js'])).toMatch(said);
    await chmod(at('closed'), 0o700);
    expect([await readdir(at('own')), await readdir(at('closed'))]).toEqual([[], []]);
  });
});
