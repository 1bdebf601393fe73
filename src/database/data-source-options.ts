import { DataSourceOptions } from 'typeorm';
import { MysqlAddress } from '../config/database-address.js';
import { Environment } from '../config/env.js';
import { ENTITIES } from './entities.js';
import { MIGRATIONS } from './migrations/index.js';
import { mysqlDriver, NO_CODE } from './mysql-driver.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { sqliteDriver } from './sqlite-driver.js';
import { nameRows } from './sqlite-rows.js';
import { waitForDisk } from './sqlite-synchronous.js';

const FILE_WAIT_MS = 10_000;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;
const CONNECTIONS = 10;
/** Those of a thousand users among a million take 28 MB; where they do not fit, each look-up reads the file again. */
const MOST_CACHED_MEGABYTES = 32;

const SCHEMA = { entities: ENTITIES, migrations: MIGRATIONS, synchronize: false };

function sqliteOptionsOf(file: string): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    driver: sqliteDriver(),
    database: file,
    enableWAL: true,
    timeout: FILE_WAIT_MS,
    prepareDatabase: (connection: SqliteConnection) => {
      connection.pragma(`cache_size = -${MOST_CACHED_MEGABYTES * 1024}`);
      waitForDisk(connection);
      nameRows(connection);
    },
    ...SCHEMA,
    migrationsTransactionMode: 'each',
  };
}

/** The options of a connection to a MariaDB or MySQL server, for the pool as well as for a single connection. */
export function mysqlConnectionOf({ host, port, user, password, name, tls }: MysqlAddress) {
  return {
    ...{ host, port, user, password: password.reveal(), database: name },
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: CONNECT_MS,
    ...NO_CODE,
    ...(tls && { ssl: { minVersion: 'TLSv1.2', ...tls } }),
  };
}

function mysqlOptionsOf(address: MysqlAddress): DataSourceOptions {
  const { user, ...connection } = mysqlConnectionOf(address);
  return {
    // For MySQL too: this type only makes TypeORM read MariaDB's notation for a column without a default.
    type: 'mariadb',
    driver: mysqlDriver,
    ...connection,
    username: user,
    poolSize: CONNECTIONS,
    maxQueryExecutionTime: STATEMENT_MS,
    enableQueryTimeout: true,
    ...SCHEMA,
    // These engines commit implicitly at every change of a table, so a transaction would not help.
    migrationsTransactionMode: 'none',
  };
}

/** The options for opening the database. */
export function dataSourceOptionsOf({ database }: Pick<Environment, 'database'>): DataSourceOptions {
  return database.engine === 'sqlite' ? sqliteOptionsOf(database.file) : mysqlOptionsOf(database);
}

/** The options for migrations, without a statement timeout: one may take longer than a request may wait. */
export function migrationOptionsOf(environment: Environment): DataSourceOptions {
  const options = dataSourceOptionsOf(environment);
  return options.type === 'mariadb' ? { ...options, enableQueryTimeout: false } : options;
}
