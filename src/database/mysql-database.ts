import { Connection } from 'mysql2/promise';
import { DatabaseUnusable } from './database.errors.js';

// Each exists only on one of the two: first MariaDB's, then MySQL's (8.0.17 and later).
const COLLATIONS = ['utf8mb4_nopad_bin', 'utf8mb4_0900_bin'];

async function collationOf(connection: Connection): Promise<string> {
  const sql = 'SELECT COLLATION_NAME AS name FROM information_schema.COLLATIONS WHERE COLLATION_NAME IN (?)';
  const [rows] = await connection.query(sql, [COLLATIONS]);
  const [row] = rows as { name: string }[];
  if (row) return row.name;
  throw new DatabaseUnusable(
    `The database server has none of the collations ${COLLATIONS.join(', ')}. MariaDB 10.11 or MySQL 8.0.17, or later, is needed.`,
  );
}

/**
 * Makes the database compare text byte by byte, trailing spaces included (ADR 7); tables created later inherit that.
 * Idempotent.
 */
export async function prepareDatabase(connection: Connection, name: string): Promise<void> {
  const collation = await collationOf(connection);
  const [rows] = await connection.query('SELECT @@collation_database AS current');
  const [row] = rows as { current: string }[];
  if (row?.current === collation) return;
  await connection.query(`ALTER DATABASE ?? CHARACTER SET utf8mb4 COLLATE ${collation}`, [name]);
}
