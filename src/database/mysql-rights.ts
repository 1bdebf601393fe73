import { Connection } from 'mysql2/promise';
import { DatabaseUnusable } from './database.errors.js';

/** What migrations and statements need. */
const NEEDED = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'ALTER', 'INDEX', 'REFERENCES'];

const IS_NEW = `SELECT COUNT(*) AS count FROM information_schema.TABLES
  WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'migrations'`;
const ROLES = 'SELECT COUNT(*) AS count FROM information_schema.APPLICABLE_ROLES';
/** The name of a database in a grant is a pattern, as LIKE has it. */
const GRANTS = `SELECT GRANTEE AS grantee, PRIVILEGE_TYPE AS name FROM information_schema.USER_PRIVILEGES
  UNION SELECT GRANTEE, PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES WHERE DATABASE() LIKE TABLE_SCHEMA`;

/** The user of a connection, as grants name it, and the rights on the database that it lacks. */
export interface LackedRights {
  readonly user: string;
  readonly missing: readonly string[];
}

/**
 * Refuses a user without the rights that migrations need, before a table is made in an empty database. A database with
 * tables is not asked about: where no migration is pending, fewer rights are enough.
 *
 * @throws {DatabaseUnusable} naming the missing rights
 */
export async function refuseMissingRights(connection: Connection, name: string): Promise<void> {
  if ((await countOf(connection, IS_NEW)) > 0) return;
  const { user, missing } = (await lackedRights(connection)) ?? { user: '', missing: [] };
  if (missing.length === 0) return;
  throw new DatabaseUnusable(
    `The user ${user} lacks rights on the database ${name}: ${missing.join(', ')}. Run ${grantOf(user, name)} on the server; nothing was changed.`,
  );
}

/** The rights that migrations need and the user of a connection lacks; null where that can't be told. */
export async function lackedRights(connection: Connection): Promise<LackedRights | null> {
  // Rights by a role or to everybody are listed elsewhere, and differently on each server. Then the migration finds out.
  if ((await countOf(connection, ROLES).catch(() => 1)) > 0 || (await hasGrantsToAll(connection))) return null;
  return { user: await userOf(connection), missing: await missingRights(connection) };
}

/** The statement that gives a user, named as grants name it, all rights on a database. */
export function grantOf(user: string, name: string): string {
  return `GRANT ALL PRIVILEGES ON \`${name}\`.* TO ${user}`;
}

async function missingRights(connection: Connection): Promise<string[]> {
  const user = await userOf(connection);
  const [rows] = await connection.query(GRANTS);
  const own = (rows as { grantee: string; name: string }[]).filter(({ grantee }) => grantee === user);
  const granted = new Set(own.map(({ name }) => name.toUpperCase()));
  return NEEDED.filter((right) => !granted.has(right));
}

/** MariaDB 10.11 and later have grants to everybody; other servers refuse the question. */
async function hasGrantsToAll(connection: Connection): Promise<boolean> {
  const [rows] = await connection.query('SHOW GRANTS FOR PUBLIC').catch(() => [[]]);
  return (rows as unknown[]).length > 0;
}

/** As grants name the user: in quotes, with the host that it was created for. */
async function userOf(connection: Connection): Promise<string> {
  const [rows] = await connection.query('SELECT CURRENT_USER() AS user');
  const [row] = rows as { user: string }[];
  const [, user = '', host = ''] = /^(.*)@([^@]*)$/s.exec(row?.user ?? '') ?? [];
  return `'${user}'@'${host}'`;
}

async function countOf(connection: Connection, sql: string): Promise<number> {
  const [rows] = await connection.query(sql);
  return Number((rows as { count: number | string }[])[0]?.count ?? 0);
}
