import { describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptionsOf } from '../src/database/data-source-options.js';
import { problemsAtMysql } from './support/mysql-differences.js';
import { sqlTexts } from './support/sql-texts.js';

describe('On MySQL, which these tests do not reach,', () => {
  it.each([
    ['SELECT rank FROM users', 'reserved: rank'],
    ['UPDATE users SET system = ?', 'reserved: system'],
    ['SELECT NVL(email, ?) FROM users', 'function: NVL'],
    ["SELECT JSON_VALUE(fields, '$.x') FROM users", 'function: JSON_VALUE'],
    ['DELETE FROM sessions WHERE id = ? RETURNING user_id', "MariaDB's: RETURNING"],
    ['ALTER TABLE users ADD COLUMN IF NOT EXISTS x INT', "MariaDB's: IF EXISTS of a part of a table"],
    ['CREATE INDEX IF NOT EXISTS x ON users (id)', "MariaDB's: CREATE INDEX IF NOT EXISTS"],
    ['DELETE FROM users WHERE id IN (SELECT id FROM users)', 'reads what it changes: users'],
    ['UPDATE users SET mode = (SELECT MAX(u.mode) FROM users u)', 'reads what it changes: users'],
  ])('this would fail: %s', (sql, problem) => {
    expect(problemsAtMysql(sql)).toEqual([problem]);
  });

  it.each([
    'SELECT `rank` FROM users',
    "SELECT 'rank' FROM users",
    'UPDATE users SET words_due = NULL WHERE id IN (SELECT user_id FROM user_words)',
    'DELETE FROM migrations WHERE id NOT IN (SELECT id FROM (SELECT MIN(id) AS id FROM migrations GROUP BY name) AS firsts)',
  ])('this is no problem: %s', (sql) => {
    expect(problemsAtMysql(sql)).toEqual([]);
  });

  it('no text of SQL in the source has words, functions or clauses that only MariaDB takes', () => {
    const texts = sqlTexts();
    expect(texts.length).toBeGreaterThan(150);
    const problems = texts.flatMap(({ place, sql }) => problemsAtMysql(sql).map((problem) => `${place} ${problem}`));
    expect(problems).toEqual([]);
  });

  it('every foreign key names a whole primary or unique key, as 8.4 demands', async () => {
    const dataSource = new DataSource(dataSourceOptionsOf({ database: { engine: 'sqlite', file: ':memory:' } }));
    await dataSource.initialize();
    const keys = dataSource.entityMetadatas.flatMap(({ foreignKeys }) => foreignKeys);
    const columnsOf = (columns: readonly { databaseName: string }[]) => columns.map((one) => one.databaseName).join();
    const loose = keys.filter(
      ({ referencedColumns, referencedEntityMetadata: { primaryColumns, uniques, indices } }) => {
        const unique = indices.filter(({ isUnique }) => isUnique);
        const whole = [primaryColumns, ...[...uniques, ...unique].map(({ columns }) => columns)].map(columnsOf);
        return !whole.includes(columnsOf(referencedColumns));
      },
    );
    await dataSource.destroy();
    expect(keys.length).toBeGreaterThan(5);
    expect(loose.map(({ name }) => name)).toEqual([]);
  });
});
