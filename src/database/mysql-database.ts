import { Connection } from 'mysql2/promise';
import { driverCodeOf } from './database-failures.js';
import { DatabaseUnusable } from './database.errors.js';
import { MIGRATIONS_TABLE, pendingAfter } from './known-migrations.js';
import { BYTEWISE_COLLATIONS, collationFor } from './mysql-collation.js';
import { refuseMissingRights } from './mysql-rights.js';

async function collationOf(connection: Connection): Promise<string> {
  const collation = await collationFor(async (sql) => {
    const [rows] = await connection.query(sql);
    return rows as { name: string }[];
  });
  if (collation !== undefined) return collation;
  throw new DatabaseUnusable(
    `The database server has none of the collations ${BYTEWISE_COLLATIONS.join(', ')}. MariaDB 10.11 or MySQL 8.0.17, or later, is needed.`,
  );
}

/**
 * Refuses a server whose binary log takes only statements: InnoDB then refuses every write of a transaction that is READ
 * COMMITTED, as all of Mooring's are.
 */
async function refuseStatementLog(connection: Connection): Promise<void> {
  const sql = "SHOW VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format')";
  const [rows] = await connection.query(sql);
  const pairs = (rows as { Variable_name: string; Value: string }[]).map((row) => [row.Variable_name, row.Value]);
  const { log_bin: isLogged, binlog_format: format } = Object.fromEntries(pairs) as Record<string, string | undefined>;
  if (isLogged !== 'ON' || format !== 'STATEMENT') return;
  throw new DatabaseUnusable(
    'The database server writes its binary log with binlog_format=STATEMENT, which takes no writes of Mooring. Set binlog_format to MIXED or ROW on the server, and start again; nothing was changed.',
  );
}

async function currentCollationOf(connection: Connection): Promise<string | undefined> {
  const [rows] = await connection.query('SELECT @@collation_database AS current');
  return (rows as { current: string }[])[0]?.current;
}

const NO_SUCH_TABLE = 'ER_NO_SUCH_TABLE';

async function pendingIn(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query(`SELECT name FROM ${MIGRATIONS_TABLE}`).then(
    ([found]) => found as { name: string }[],
    (error: unknown) => {
      if (driverCodeOf(error) === NO_SUCH_TABLE) return [];
      throw error;
    },
  );
  return pendingAfter(rows.map(({ name }) => name));
}

/**
 * Whether nothing has to be changed before this release can use a database.
 *
 * @throws {DatabaseUnusable} if the server is too old, or its binary log takes only statements
 */
export async function isPrepared(connection: Connection): Promise<boolean> {
  await refuseStatementLog(connection);
  if ((await currentCollationOf(connection)) !== (await collationOf(connection))) return false;
  return (await pendingIn(connection)).length === 0;
}

/**
 * Makes the database compare text byte by byte, trailing spaces included (ADR 7); tables created later inherit that.
 * Idempotent.
 *
 * @throws {DatabaseUnusable} if the server is too old, its binary log takes only statements, or the user lacks rights on an empty
 * database; nothing was changed
 */
export async function prepareDatabase(connection: Connection, name: string): Promise<void> {
  await refuseStatementLog(connection);
  const collation = await collationOf(connection);
  await refuseMissingRights(connection, name);
  if ((await currentCollationOf(connection)) === collation) return;
  await connection.query(`ALTER DATABASE ?? CHARACTER SET utf8mb4 COLLATE ${collation}`, [name]);
}
