import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Database from 'better-sqlite3';
import { sqliteDriver } from './sqlite-driver.js';
import { nameRows } from './sqlite-rows.js';

describe(nameRows, () => {
  let named: Database.Database;
  let bare: Database.Database;
  beforeEach(() => {
    [named, bare] = [new (sqliteDriver())(':memory:'), new (sqliteDriver())(':memory:')];
    for (const database of [named, bare]) {
      database.exec(`CREATE TABLE notes (id INTEGER, text TEXT, data BLOB, size REAL);
        INSERT INTO notes VALUES (1, 'one', x'00ff', 0.5), (2, NULL, NULL, NULL)`);
    }
    nameRows(named);
  });
  afterEach(() => [named, bare].forEach((database) => database.close()));

  it.each([
    ['several rows', 'SELECT * FROM notes ORDER BY id'],
    ['no row', 'SELECT * FROM notes WHERE id = 3'],
    ['names that are given', 'SELECT id AS noteId, count(*) AS total FROM notes GROUP BY id'],
    ['one name twice', 'SELECT id AS value, text AS value FROM notes'],
    ['what a write returns', "INSERT INTO notes (id, text) VALUES (3, 'three') RETURNING id, text"],
    ['a pragma', 'PRAGMA table_info(notes)'],
  ])('answers with the rows that the driver makes by itself: %s', (_what, sql) => {
    expect(named.prepare(sql).all()).toEqual(bare.prepare(sql).all());
  });

  it('hands parameters on, and leaves writes as they are', () => {
    expect(named.prepare('SELECT text FROM notes WHERE id = ?').all(1)).toEqual([{ text: 'one' }]);
    expect(named.prepare('DELETE FROM notes WHERE id = ?').run(1).changes).toBe(1);
  });

  it('names a column that the table has got since', () => {
    const all = named.prepare('SELECT * FROM notes WHERE id = 1');
    expect(Object.keys(all.all()[0] ?? {})).toHaveLength(4);
    named.exec("ALTER TABLE notes ADD COLUMN more TEXT DEFAULT 'more'");
    expect(all.all()[0]).toMatchObject({ id: 1, more: 'more' });
  });
});
