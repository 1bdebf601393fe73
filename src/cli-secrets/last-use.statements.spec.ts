import { describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { storeLastUses } from './last-use.statements.js';

describe(storeLastUses, () => {
  it.each(['better-sqlite3', 'mariadb'])(
    'takes the rows in the order of their keys, at every replica: %s',
    async (type) => {
      const asked: unknown[] = [];
      const query = (_sql: string, [rows]: [string]) => Promise.resolve(void asked.push(JSON.parse(rows)));
      const database = { options: { type }, query } as unknown as DataSource;
      const uses = ['c', 'a', 'b'].map((userId) => [`digest of ${userId}`, { userId, at: new Date(0) }] as const);
      await storeLastUses(database, uses);
      await storeLastUses(database, [...uses].reverse());
      const inOrder = ['a', 'b', 'c'].map((userId) => [userId, `digest of ${userId}`, '1970-01-01 00:00:00.000']);
      expect(asked).toEqual([inOrder, inOrder]);
    },
  );
});
