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

const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;
const CONNECTIONS = 10;

const SCHEMA = { entities: ENTITIES, migrations: MIGRATIONS, synchronize: false };

function sqliteOptionsOf(file: string): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    driver: sqliteDriver(),
    database: file,
    enableWAL: true,
    timeout: 10_000,
    prepareDatabase: (connection: SqliteConnection) => {
      waitForDisk(connection);
      nameRows(connection);
    },
    ...SCHEMA,
    migrationsTransactionMode: 'each',
  };
}

/** How a MariaDB or MySQL server is connected to, by the pool and by a single connection alike. */
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
    // Of MySQL too: what TypeORM does otherwise for this type is to read MariaDB's way of telling that there is no default.
    type: 'mariadb',
    driver: mysqlDriver,
    ...connection,
    username: user,
    poolSize: CONNECTIONS,
    maxQueryExecutionTime: STATEMENT_MS,
    enableQueryTimeout: true,
    ...SCHEMA,
    // These engines commit at every change of a table, whatever is around it.
    migrationsTransactionMode: 'none',
  };
}

/** How the database is opened. */
export function dataSourceOptionsOf({ database }: Environment): DataSourceOptions {
  return database.engine === 'sqlite' ? sqliteOptionsOf(database.file) : mysqlOptionsOf(database);
}

/** How it is opened for migrations: one may take longer than a request may wait. */
export function migrationOptionsOf(environment: Environment): DataSourceOptions {
  const options = dataSourceOptionsOf(environment);
  return options.type === 'mariadb' ? { ...options, enableQueryTimeout: false } : options;
}
