import { DataSourceOptions } from 'typeorm';
import { Environment } from '../config/env.js';
import { ENTITIES } from './entities.js';
import { MIGRATIONS } from './migrations/index.js';

/** What of a better-sqlite3 connection is set before its first use. */
interface SqliteConnection {
  pragma(statement: string): unknown;
}

/**
 * How the database is opened. SQLite keeps a write-ahead log and waits for the disk at
 * every commit, so that an acknowledged write survives a loss of power as well.
 */
export function dataSourceOptionsOf(environment: Environment): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    database: environment.databaseFile,
    enableWAL: true,
    timeout: 10_000,
    prepareDatabase: (connection: SqliteConnection) => {
      connection.pragma('synchronous = FULL');
    },
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    synchronize: false,
  };
}
