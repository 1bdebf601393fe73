import { createConnection } from 'mysql2/promise';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { MysqlAddress } from '../../src/config/database-address.js';
import { Environment, readEnvironment } from '../../src/config/env.js';
import { mysqlConnectionOf } from '../../src/database/data-source-options.js';
import { openDataSource } from '../../src/database/open-data-source.js';
import { databaseVariables, dropDatabase } from './fresh-database.js';
import { Installation } from '../../src/settings/installation.js';

/** A separate database with all migrations run and the installation created. */
export interface TestDatabase {
  readonly dataSource: DataSource;
  readonly environment: Environment;
  readonly installation: Installation;
  close(): Promise<void>;
}

/** An environment with a new, empty data folder and database; {@link removeData} removes them. */
export async function temporaryEnvironment(changes: Record<string, string> = {}): Promise<Environment> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mooring-spec-'));
  return readEnvironment({ DATA_DIR: dataDir, ...(await databaseVariables(dataDir)), ...changes });
}

/** Removes the folder and database of {@link temporaryEnvironment}. */
export async function removeData(environment: Environment): Promise<void> {
  await dropDatabase(environment.dataDir);
  await rm(environment.dataDir, { recursive: true, force: true });
}

/** The complete contents of a database as text: the bytes of its files, or every row of every table. */
export async function storedText({ database }: Environment): Promise<string> {
  if (database.engine === 'mysql') return JSON.stringify(await allRows(database));
  const files = [database.file, `${database.file}-wal`].map((file) => readFile(file, 'latin1').catch(() => ''));
  return (await Promise.all(files)).join('');
}

async function allRows(address: MysqlAddress): Promise<unknown[]> {
  const connection = await createConnection(mysqlConnectionOf(address));
  const [tables] = await connection.query({ sql: 'SHOW TABLES', rowsAsArray: true });
  const rows = [];
  for (const [table] of tables as string[][]) rows.push((await connection.query('SELECT * FROM ??', [table]))[0]);
  await connection.end();
  return rows;
}

/** Connects to the database of an environment and runs the migrations. */
export async function connect(environment: Environment): Promise<DataSource> {
  return openDataSource(environment);
}

/** Opens a new database or, if one is given, the same database again on a separate connection, as a replica does. */
export async function openDatabase(replicaOf?: TestDatabase): Promise<TestDatabase> {
  const environment = replicaOf?.environment ?? (await temporaryEnvironment());
  const dataSource = await connect(environment);
  const installation = await Installation.open(dataSource, environment);
  const close = async () => {
    await dataSource.destroy();
    if (!replicaOf) await removeData(environment);
  };
  return { dataSource, environment, installation, close };
}
