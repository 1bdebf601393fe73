import { describe, expect, it } from '@jest/globals';
import { AskForNames, collationFor } from './mysql-collation.js';

/** A server that knows these collations, in this order, with a table of ours or without. */
const server =
  (known: readonly string[], table?: string): AskForNames =>
  (sql) => {
    const names = sql.includes('TABLES') ? [table].filter((name) => name !== undefined) : known;
    return Promise.resolve(names.map((name) => ({ name })));
  };

const [MARIADB, MYSQL] = ['utf8mb4_nopad_bin', 'utf8mb4_0900_bin'];

describe(collationFor, () => {
  it.each([
    ['MariaDB before 11.4.5', [MARIADB], MARIADB],
    ['MySQL', [MYSQL], MYSQL],
    ['a MariaDB that knows both, whatever their order', [MYSQL, MARIADB], MARIADB],
  ])('chooses for new tables on %s', async (_server, known, chosen) => {
    expect(await collationFor(server(known))).toBe(chosen);
  });

  it.each([MARIADB, MYSQL])('keeps the one that the tables have (%s), as foreign keys need', async (ofTables) => {
    expect(await collationFor(server([MARIADB, MYSQL], ofTables))).toBe(ofTables);
  });

  it('does not keep one that takes different names for one', async () => {
    expect(await collationFor(server([MARIADB], 'utf8mb4_general_ci'))).toBe(MARIADB);
  });

  it('finds none on a server that is too old', async () => {
    expect(await collationFor(server([]))).toBeUndefined();
  });
});
