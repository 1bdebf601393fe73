import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DataSource, DataSourceOptions } from 'typeorm';
import { DatabaseAddress } from '../config/database-address.js';
import { Environment } from '../config/env.js';
import { dataSourceOptionsOf } from './data-source-options.js';
import { driverCodeOf } from './database-failures.js';
import { DatabaseUnusable } from './database.errors.js';
import { adaptEntities } from './engine-differences.js';
import { DowngradeAllowance, namesOfMigrations, newerProblemOf, pendingAfter } from './known-migrations.js';
import { firstConnection } from './mysql-first-connection.js';
import { makeResilient } from './resilient-statements.js';

const AT_ONCE = { seconds: 0, pauseMilliseconds: 0 };
const HINT = 'Run the command with the environment of the service, in the same folder; nothing was changed.';

type Existing = Pick<Environment, 'database' | 'allowDowngrade'>;

/** The place of a database in words, without the password. */
export function placeOf(database: DatabaseAddress): string {
  if (database.engine === 'sqlite') return resolve(database.file);
  return `${database.name} at ${database.host}:${database.port}, as ${database.user}`;
}

/**
 * Opens a database that a server of this release has prepared. Creates nothing, migrates nothing and waits for nobody.
 *
 * @throws {DatabaseUnusable} if there is no such database, if it holds no installation, or if another release made its
 * tables (a newer one, unless the operator allows it); it is not changed
 */
export async function openExistingDatabase(environment: Existing): Promise<DataSource> {
  const { database } = environment;
  if (database.engine === 'sqlite') await demandFile(resolve(database.file));
  else await (await firstConnection(database, AT_ONCE)).end();
  const options = dataSourceOptionsOf({ database });
  await demandInstallation(options, environment);
  const dataSource = await makeResilient(new DataSource({ ...options, ...mustExist(options) })).initialize();
  adaptEntities(dataSource);
  return dataSource;
}

async function demandFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new DatabaseUnusable(`There is no database ${file}. ${HINT}`);
  if (!found.isFile()) throw new DatabaseUnusable(`${file} is not a file. ${HINT}`);
  // SQLite would delete the write-ahead log beside an empty file.
  if (found.size === 0) throw new DatabaseUnusable(`${file} is empty: it holds no installation. ${HINT}`);
}

/** What keeps SQLite from making a file. */
function mustExist({ type }: DataSourceOptions): { readonly fileMustExist?: true } {
  return type === 'better-sqlite3' ? { fileMustExist: true } : {};
}

/** Looks without changing even the journal mode: the file may belong to another program. */
async function demandInstallation(options: DataSourceOptions, environment: Existing): Promise<void> {
  const place = placeOf(environment.database);
  const look = { enableWAL: false, prepareDatabase: undefined, entities: [], migrations: [] };
  const dataSource = new DataSource({ ...options, ...mustExist(options), ...look });
  try {
    await dataSource.initialize();
    const problem = problemOf(await migrationsOfInstallation(dataSource), environment);
    if (problem) throw new DatabaseUnusable(`The database ${place} ${problem}`);
  } catch (error) {
    if (error instanceof DatabaseUnusable) throw error;
    const code = driverCodeOf(error) || 'no code';
    throw new DatabaseUnusable(`The database ${place} can't be read (${code}). ${HINT}`, { cause: error });
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

/** None where the tables of an installation are not there, or hold none. */
async function migrationsOfInstallation(dataSource: DataSource): Promise<readonly string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('settings'))) return [];
    if ((await dataSource.query<unknown[]>('SELECT id FROM settings')).length === 0) return [];
    return await namesOfMigrations(dataSource);
  } finally {
    await runner.release();
  }
}

/** What keeps this release from working on a database with these migrations, as a sentence without its subject. */
export function problemOf(done: readonly string[], allowance: DowngradeAllowance = {}): string | undefined {
  if (done.length === 0) return `holds no installation. ${HINT}`;
  const newer = newerProblemOf(done, allowance);
  if (newer) return newer;
  if (pendingAfter(done).length === 0) return undefined;
  return `is of an older release. Start the server of this release once, which migrates it; nothing was changed.`;
}
