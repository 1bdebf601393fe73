import { DataSource } from 'typeorm';

/**
 * The database's time as an SQL expression, in milliseconds since 1970. Replicas compare by it, because their own clocks
 * may differ.
 */
export function databaseMilliseconds({ options }: DataSource): string {
  return options.type === 'better-sqlite3'
    ? "CAST(unixepoch('subsec') * 1000 AS INTEGER)"
    : 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)';
}
