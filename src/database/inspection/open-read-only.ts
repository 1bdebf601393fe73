import type { DatabaseAddress } from '../../config/database-address.js';
import type { ReadOnlyDatabase } from './read-only-database.js';
import { readOnlyMysql } from './read-only-mysql.js';
import { readOnlySqlite } from './read-only-sqlite.js';

/**
 * Opens a database to look at it, whatever it holds; waits for no server.
 *
 * @throws {DatabaseUnusable} if it is not there or can't be read
 */
export function openReadOnly(database: DatabaseAddress): Promise<ReadOnlyDatabase> {
  return database.engine === 'sqlite' ? readOnlySqlite(database.file) : readOnlyMysql(database);
}
