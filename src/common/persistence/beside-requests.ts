/**
 * A comment at the beginning of a statement that marks a read which may take long, such as a list or a count for an
 * administrator. With SQLite it runs in a thread of its own, so that other requests are answered meanwhile; it sees every write that
 * was committed before it began. A database server runs it like any other statement.
 */
export const BESIDE_REQUESTS = 'beside requests';

/** The statement, marked with {@link BESIDE_REQUESTS}. */
export function besideRequests(sql: string): string {
  return `/* ${BESIDE_REQUESTS} */ ${sql}`;
}

/** Whether a statement is marked with {@link BESIDE_REQUESTS}. */
export function isBesideRequests(sql: string): boolean {
  return sql.startsWith(`/* ${BESIDE_REQUESTS} */`);
}

/**
 * A comment at the beginning of an `UPDATE` or `INSERT` that marks work in the background on many rows. With SQLite it runs in a
 * thread of its own, so that only other writes wait meanwhile, and a loss of power may undo it. A database server runs it like any
 * other statement.
 */
export const WRITE_BESIDE_REQUESTS = 'write beside requests';

/** The statement, marked with {@link WRITE_BESIDE_REQUESTS}. */
export function writeBesideRequests(sql: string): string {
  return `/* ${WRITE_BESIDE_REQUESTS} */ ${sql}`;
}

/** Whether a statement is marked with {@link WRITE_BESIDE_REQUESTS}. */
export function isWriteBesideRequests(sql: string): boolean {
  return sql.startsWith(`/* ${WRITE_BESIDE_REQUESTS} */`);
}
