import type { ReadOnlyDatabase } from '../../database/inspection/index.js';

/** Variables of a database server, by their names in lower case; those that it does not have are missing. */
export type ServerVariables = ReadonlyMap<string, string>;

/** Reads variables of a database server, and with `STATUS` what it says of its state. */
export async function serverVariables(
  database: ReadOnlyDatabase,
  names: readonly string[],
  kind: 'VARIABLES' | 'STATUS' = 'VARIABLES',
): Promise<ServerVariables> {
  const list = names.map((name) => `'${name}'`).join(', ');
  const sql = `SHOW GLOBAL ${kind} WHERE Variable_name IN (${list})`;
  const rows = await database.rows<{ Variable_name: string; Value: string }>(sql);
  return new Map(rows.map(({ Variable_name: name, Value: value }) => [name.toLowerCase(), value]));
}
