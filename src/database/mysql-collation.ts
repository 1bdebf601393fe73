/**
 * The collations that compare text byte by byte, trailing spaces included (ADR 7), the first choice first: MariaDB's, then MySQL's
 * (8.0.17 and later). MariaDB from 11.4.5 on knows both names.
 */
export const BYTEWISE_COLLATIONS: readonly string[] = ['utf8mb4_nopad_bin', 'utf8mb4_0900_bin'];

const OF_OUR_TABLES = `SELECT TABLE_COLLATION AS name FROM information_schema.TABLES
  WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'users'`;
const KNOWN = `SELECT COLLATION_NAME AS name FROM information_schema.COLLATIONS
  WHERE COLLATION_NAME IN (${BYTEWISE_COLLATIONS.map((name) => `'${name}'`).join(', ')})`;

/** Answers a query with its rows. */
export type AskForNames = (sql: string) => Promise<readonly { readonly name: string | null }[]>;

/**
 * The collation for the tables of a database: that of the tables which are there, since a foreign key needs the same on both
 * sides and a server that was upgraded may know another one by now, else the first choice of this server; undefined if it has none.
 */
export async function collationFor(ask: AskForNames): Promise<string | undefined> {
  const [ours] = await ask(OF_OUR_TABLES);
  const isOurs = (name: string) => name === ours?.name;
  const known = (await ask(KNOWN)).map(({ name }) => name);
  return BYTEWISE_COLLATIONS.find(isOurs) ?? BYTEWISE_COLLATIONS.find((name) => known.includes(name));
}
