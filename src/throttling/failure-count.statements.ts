import { DataSource } from 'typeorm';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';

/** One row. Times are in milliseconds since 1970. */
export interface StoredCount {
  readonly bucket: string;
  readonly failures: number;
  readonly credentials: string;
  readonly endsAt: number;
  readonly trustedUntil: number;
}

/** The engine's upsert clause, and how it refers to a column of the row to be inserted. */
function upsertOf({ options }: DataSource) {
  return options.type === 'better-sqlite3'
    ? { onConflict: 'ON CONFLICT (bucket) DO UPDATE SET', offered: (column: string) => `excluded.${column}` }
    : { onConflict: 'ON DUPLICATE KEY UPDATE', offered: (column: string) => `VALUES(${column})` };
}

/** A wrong credential that is counted in a bucket. Times are in milliseconds since 1970. */
export interface CountedFailure {
  readonly bucket: string;
  /** A short digest in hexadecimal digits. */
  readonly credential: string;
  /** When the count ends, if it begins with this failure. */
  readonly endsAt: number;
}

/**
 * Counts wrong credentials, in one statement: each once, however often and at whichever replica it is repeated. A count that
 * has ended starts again.
 */
export async function countFailures(
  database: DataSource,
  failures: readonly CountedFailure[],
  now: number,
): Promise<void> {
  const { onConflict, offered } = upsertOf(database);
  const hasEnded = 'ends_at <= ?';
  const isCounted = `INSTR(credentials, ${offered('credentials')}) > 0`;
  // The order matters: MariaDB and MySQL evaluate each assignment with the earlier ones already applied.
  const sql = `/* ${RELAXED_DURABILITY} */
    INSERT INTO guess_counts (bucket, failures, credentials, ends_at, trusted_until)
    VALUES ${failures.map(() => '(?, 1, ?, ?, 0)').join(', ')}
    ${onConflict}
      failures = CASE WHEN ${hasEnded} THEN 1 WHEN ${isCounted} THEN failures ELSE failures + 1 END,
      credentials = CASE WHEN ${hasEnded} THEN ${offered('credentials')} WHEN ${isCounted} THEN credentials
                    ELSE CONCAT(credentials, ${offered('credentials')}) END,
      ends_at = CASE WHEN ${hasEnded} THEN ${offered('ends_at')} ELSE ends_at END`;
  // In one order at all replicas: otherwise two statements could wait for each other's rows.
  const inOrder = [...failures].sort(
    (one, other) => Number(one.bucket > other.bucket) - Number(one.bucket < other.bucket),
  );
  const rows = inOrder.flatMap(({ bucket, credential, endsAt }) => [bucket, `${credential}.`, endsAt]);
  await database.query(sql, [...rows, now, now, now]);
}

/** An address that is trusted for a user. */
export interface Trust {
  readonly bucket: string;
  readonly owner: string;
  readonly trustedUntil: number;
}

/** Stores, in one statement, until when an address is trusted for a user; counts stay as they are. */
export async function noteTrust(database: DataSource, { bucket, owner, trustedUntil }: Trust): Promise<void> {
  const { onConflict, offered } = upsertOf(database);
  const sql = `/* ${RELAXED_DURABILITY} */
    INSERT INTO guess_counts (bucket, failures, credentials, ends_at, trusted_until, owner) VALUES (?, 0, '', 0, ?, ?)
    ${onConflict} trusted_until = ${offered('trusted_until')}, owner = ${offered('owner')}`;
  await database.query(sql, [bucket, trustedUntil, owner]);
}

/** Keeps the latest `kept` trusted addresses of a user and deletes the others. Idempotent. */
export async function deleteOldestTrust(database: DataSource, owner: string, kept: number): Promise<void> {
  // MariaDB and MySQL allow neither LIMIT in an IN subquery nor the table that is deleted from, except in a derived table.
  const sql = `/* ${RELAXED_DURABILITY} */
    DELETE FROM guess_counts WHERE owner = ? AND bucket NOT IN (SELECT bucket FROM (
      SELECT bucket FROM guess_counts WHERE owner = ? ORDER BY trusted_until DESC, bucket LIMIT ${kept}) AS latest)`;
  await database.query(sql, [owner, owner]);
}

/** The rows of these buckets. */
export async function readCounts(database: DataSource, buckets: readonly string[]): Promise<StoredCount[]> {
  const sql = `
    SELECT bucket, failures, credentials, ends_at AS endsAt, trusted_until AS trustedUntil
    FROM guess_counts WHERE bucket IN (${buckets.map(() => '?').join(', ')})`;
  const rows = await database.query<StoredCount[]>(sql, [...buckets]);
  // Some drivers return 64-bit integers as text.
  return rows.map((row) => ({ ...row, endsAt: Number(row.endsAt), trustedUntil: Number(row.trustedUntil) }));
}

/** Deletes rows whose count and trust have ended. */
export async function deleteEnded(database: DataSource, now: number): Promise<void> {
  await database.query('DELETE FROM guess_counts WHERE ends_at <= ? AND trusted_until <= ?', [now, now]);
}

/** The number of rows. */
export async function numberOfCounts(database: DataSource): Promise<number> {
  const [row] = await database.query<{ total: number | string }[]>('SELECT COUNT(*) AS total FROM guess_counts');
  return Number(row?.total ?? 0);
}

/** Deletes rows with at most this many failures, except for trusted addresses. */
export async function deleteSmall(database: DataSource, failures: number, now: number): Promise<void> {
  await database.query('DELETE FROM guess_counts WHERE failures <= ? AND trusted_until <= ?', [failures, now]);
}
