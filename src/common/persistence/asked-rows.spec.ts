import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../../test/support/database.js';
import { AskedRows } from './asked-rows.js';

describe(AskedRows, () => {
  let database: TestDatabase;
  const texts = new Set<string>();
  const marked = new AskedRows<{ hash: string }>((asked) => {
    const text = `SELECT o.hash AS hash FROM ${asked} asked CROSS JOIN once_only o ON o.hash = asked.item AND o.purpose = ?
      WHERE asked.item IS NOT NULL`;
    texts.add(text);
    return text;
  });
  beforeAll(async () => {
    database = await openDatabase();
    const insert = 'INSERT INTO once_only (purpose, hash, expires_at) VALUES (?, ?, ?)';
    for (const hash of ['a', 'ab', 'ß', 'long '.repeat(10)]) {
      await database.dataSource.query(insert, ['asked', hash, '2030-01-01 00:00:00.000']);
    }
  });
  afterAll(() => database.close());

  const found = async (...keys: string[]) =>
    (await marked.of(database.dataSource, keys, 'asked')).map(({ hash }) => hash).sort();

  it('finds each key whole, after shorter and longer ones', async () => {
    expect(await found('a')).toEqual(['a']);
    expect(await found('long '.repeat(10))).toEqual(['long '.repeat(10)]);
    expect(await found('ab')).toEqual(['ab']);
    expect(await found('abc')).toEqual([]);
    expect(await found(`a${'b'.repeat(1000)}`)).toEqual([]);
  });

  it('compares keys byte by byte', async () => {
    expect(await found('A', 'a ', 'ss', 'a\u0000', 'AB')).toEqual([]);
    expect(await found('A', 'ß')).toEqual(['ß']);
  });

  it('gives few different statements, whatever the number of keys', async () => {
    const more = Array.from({ length: 256 }, (_, index) => `key-${index}`);
    for (const count of [1, 2, 3, 4, 5, 100, 127, 255]) {
      expect(await found(...more.slice(0, count), 'ab')).toEqual(['ab']);
    }
    expect(texts.size).toBeLessThan(8);
  });

  it('takes no code and no list from a key', async () => {
    expect(await found("') OR 1 = 1 --", '? , ?', 'a')).toEqual(['a']);
  });
});
