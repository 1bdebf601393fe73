import { DataSource } from 'typeorm';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';

/** What is counted of one bucket. Moments are in milliseconds since 1970. */
export interface StoredCount {
  readonly bucket: string;
  readonly failures: number;
  readonly credentials: string;
  readonly endsAt: number;
  readonly trustedUntil: number;
}

/** What an insert says where its row is there already, and how it then names what it would have inserted. */
function upsertOf({ options }: DataSource) {
  return options.type === 'better-sqlite3'
    ? { onConflict: 'ON CONFLICT (bucket) DO UPDATE SET', offered: (column: string) => `excluded.${column}` }
    : { onConflict: 'ON DUPLICATE KEY UPDATE', offered: (column: string) => `VALUES(${column})` };
}

/**
 * Counts a wrong credential, in one statement: once, however often and wherever it is repeated. A count that has ended
 * begins anew.
 *
 * @param credential a short digest in hexadecimal digits
 */
export async function countFailure(
  database: DataSource,
  { bucket, credential, now, endsAt }: { bucket: string; credential: string; now: number; endsAt: number },
): Promise<void> {
  const { onConflict, offered } = upsertOf(database);
  const hasEnded = 'ends_at <= ?';
  const isKnown = `INSTR(credentials, ${offered('credentials')}) > 0`;
  // In this order: MariaDB and MySQL compute each value with those that stand before it already changed.
  const sql = `/* ${RELAXED_DURABILITY} */
    INSERT INTO guess_counts (bucket, failures, credentials, ends_at, trusted_until) VALUES (?, 1, ?, ?, 0)
    ${onConflict}
      failures = CASE WHEN ${hasEnded} THEN 1 WHEN ${isKnown} THEN failures ELSE failures + 1 END,
      credentials = CASE WHEN ${hasEnded} THEN ${offered('credentials')} WHEN ${isKnown} THEN credentials
                    ELSE CONCAT(credentials, ${offered('credentials')}) END,
      ends_at = CASE WHEN ${hasEnded} THEN ${offered('ends_at')} ELSE ends_at END`;
  await database.query(sql, [bucket, `${credential}.`, endsAt, now, now, now]);
}

/** An address from which a user logged in. */
export interface Trust {
  readonly bucket: string;
  readonly owner: string;
  readonly trustedUntil: number;
}

/** Notes, in one statement, until when an address is known to a user; what is counted stays as it is. */
export async function noteTrust(database: DataSource, { bucket, owner, trustedUntil }: Trust): Promise<void> {
  const { onConflict, offered } = upsertOf(database);
  const sql = `/* ${RELAXED_DURABILITY} */
    INSERT INTO guess_counts (bucket, failures, credentials, ends_at, trusted_until, owner) VALUES (?, 0, '', 0, ?, ?)
    ${onConflict} trusted_until = ${offered('trusted_until')}, owner = ${offered('owner')}`;
  await database.query(sql, [bucket, trustedUntil, owner]);
}

/** Leaves the addresses from which a user logged in last, so many, and deletes the others. Repeating it changes nothing. */
export async function deleteOldestTrust(database: DataSource, owner: string, kept: number): Promise<void> {
  // MariaDB and MySQL take no LIMIT in IN, nor the table itself that rows are deleted from, unless it is a table of its own.
  const sql = `/* ${RELAXED_DURABILITY} */
    DELETE FROM guess_counts WHERE owner = ? AND bucket NOT IN (SELECT bucket FROM (
      SELECT bucket FROM guess_counts WHERE owner = ? ORDER BY trusted_until DESC, bucket LIMIT ${kept}) AS latest)`;
  await database.query(sql, [owner, owner]);
}

/** What is counted of some buckets. */
export async function readCounts(database: DataSource, buckets: readonly string[]): Promise<StoredCount[]> {
  const sql = `
    SELECT bucket, failures, credentials, ends_at AS endsAt, trusted_until AS trustedUntil
    FROM guess_counts WHERE bucket IN (${buckets.map(() => '?').join(', ')})`;
  const rows = await database.query<StoredCount[]>(sql, [...buckets]);
  // A driver may hand a 64-bit integer out as text.
  return rows.map((row) => ({ ...row, endsAt: Number(row.endsAt), trustedUntil: Number(row.trustedUntil) }));
}

/** Deletes what counts no longer. */
export async function deleteEnded(database: DataSource, now: number): Promise<void> {
  await database.query('DELETE FROM guess_counts WHERE ends_at <= ? AND trusted_until <= ?', [now, now]);
}

/** How many counts there are. */
export async function numberOfCounts(database: DataSource): Promise<number> {
  const [row] = await database.query<{ total: number | string }[]>('SELECT COUNT(*) AS total FROM guess_counts');
  return Number(row?.total ?? 0);
}

/** Deletes counts of at most so many failures, but for addresses that are known to a user. */
export async function deleteSmall(database: DataSource, failures: number, now: number): Promise<void> {
  await database.query('DELETE FROM guess_counts WHERE failures <= ? AND trusted_until <= ?', [failures, now]);
}
