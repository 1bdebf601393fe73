import { createConnection } from 'mysql2/promise';
import { DatabaseAddress } from '../../src/config/database-address.js';
import { mysqlConnectionOf } from '../../src/database/data-source-options.js';
import { sqliteDriver } from '../../src/database/sqlite-driver.js';

/** The rows of every table of a database, each as text. */
export type StoredRows = ReadonlyMap<string, readonly string[]>;

/** A row as text, without the mark that a server removes behind (`WordIndex`). */
const textOf = (row: unknown) => JSON.stringify({ ...(row as object), words_due: undefined });

/** Reads all rows of a database; servers may be running. */
export async function storedRows(database: DatabaseAddress): Promise<StoredRows> {
  return database.engine === 'sqlite' ? rowsOfFile(database.file) : rowsOnServer(database);
}

function rowsOfFile(file: string): StoredRows {
  const connection = new (sqliteDriver())(file, { readonly: true, timeout: 10_000 });
  const all = <T>(sql: string) => connection.prepare<[], T>(sql).all();
  const tables = all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'");
  const rows = new Map(tables.map(({ name }) => [name, all<unknown>(`SELECT * FROM "${name}"`).map(textOf)]));
  connection.close();
  return rows;
}

async function rowsOnServer(database: DatabaseAddress & { engine: 'mysql' }): Promise<StoredRows> {
  const connection = await createConnection(mysqlConnectionOf(database));
  const [tables] = await connection.query({ sql: 'SHOW TABLES', rowsAsArray: true });
  const rows = new Map<string, readonly string[]>();
  for (const [table = ''] of tables as string[][]) {
    const [found] = await connection.query('SELECT * FROM ??', [table]);
    rows.set(table, (found as unknown[]).map(textOf));
  }
  await connection.end();
  return rows;
}

/** The tables of which a row has gone or was changed. */
export function tablesChanged(before: StoredRows, after: StoredRows): string[] {
  return [...before].flatMap(([table, rows]) => {
    const now = new Set(after.get(table));
    return rows.every((row) => now.has(row)) ? [] : [table];
  });
}

/** The tables that have more rows than before. */
export function tablesGrown(before: StoredRows, after: StoredRows): string[] {
  return [...after].flatMap(([table, rows]) => (rows.length > (before.get(table)?.length ?? 0) ? [table] : []));
}
