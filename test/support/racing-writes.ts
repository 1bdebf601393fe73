import type { Connection } from 'mysql2/promise';

const REFUSALS = new Set(['ER_ROW_IS_REFERENCED_2', 'ER_NO_REFERENCED_ROW_2', 'ER_DUP_ENTRY']);
const LOST_TO_ANOTHER = 'ER_LOCK_DEADLOCK';

/**
 * Runs one write that changes one row: true where it did, false where a key refused it or no row was left to change, else the
 * code of the error. One that lost to another transaction is run again, as the server does it.
 */
export async function written(connection: Connection, sql: string, values: readonly string[] = []): Promise<unknown> {
  try {
    const [result] = await connection.query(sql, [...values]);
    return (result as { affectedRows: number }).affectedRows === 1;
  } catch (error) {
    const { code } = error as { code: string };
    if (code === LOST_TO_ANOTHER) return written(connection, sql, values);
    return REFUSALS.has(code) ? false : code;
  }
}
