import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/env.js';
import { dataSourceOptionsOf, migrationOptionsOf } from './data-source-options.js';
import { wasUndone } from './database-failures.js';
import { changeEachRunner } from './each-runner.js';
import { adaptEntities } from './engine-differences.js';
import { refuseDowngrade } from './known-migrations.js';
import { refuseLeftovers, refuseLostFile } from './leftover-files.js';
import { lockForMigration, MigrationLock, wasTakenOver } from './migration-lock.js';
import { Patience } from './mysql-first-connection.js';
import { clusterOf, tellCluster } from './noted-cluster.js';
import { makeResilient, repeatWhile } from './resilient-statements.js';
import { runBesideRequests } from './run-beside-requests.js';
import { syncInBackground } from './sqlite-background-sync.js';
import { timeStatements } from './timed-statements.js';

const logger = new Logger('Migrations');

const FIRST_ANSWER_SECONDS = 60;
const PATIENCE: Patience = { seconds: FIRST_ANSWER_SECONDS, pauseMilliseconds: 1000 };

/**
 * Opens the database and runs the pending migrations. If several processes start at once, one migrates and the others
 * wait for it.
 *
 * @throws {DatabaseUnusable} if the server does not answer in time, or cannot be used; if a newer release has migrated the
 * database; if it holds no installation beside files of one
 */
export async function openDataSource(environment: Environment, patience = PATIENCE): Promise<DataSource> {
  await refuseLostFile(environment);
  for (;;) {
    const lock = await lockForMigration(environment.database, patience);
    try {
      await migrate(environment, lock);
      return await openMigrated(environment);
    } catch (error) {
      if (!(await wasTakenOver(lock, error))) throw error;
      logger.warn('Another process has taken the migration lock over, because this one stood still; waiting for it.');
    } finally {
      await lock.release();
    }
  }
}

async function openMigrated(environment: Environment): Promise<DataSource> {
  const opened = runBesideRequests(new DataSource(dataSourceOptionsOf(environment)));
  const dataSource = timeStatements(syncInBackground(makeResilient(opened)));
  await dataSource.initialize();
  // From here on a statement waits for a locked file without SQLite, which would hold the event loop (LockedFile).
  if (environment.database.engine === 'sqlite') await dataSource.query('PRAGMA busy_timeout = 0');
  adaptEntities(dataSource);
  const cluster = clusterOf(dataSource);
  if (cluster) tellCluster(cluster);
  return dataSource;
}

async function migrate(environment: Environment, lock: MigrationLock): Promise<void> {
  const dataSource = await guardedBy(lock, new DataSource(migrationOptionsOf(environment))).initialize();
  try {
    await refuseDowngrade(dataSource, environment);
    await refuseLeftovers(dataSource, environment);
    const began = performance.now();
    const done = await dataSource.runMigrations();
    if (done.length > 0) logMigrations(done, performance.now() - began);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Lets every statement run under the lock only, and repeats it where the server rolled it back: on a cluster the requests of
 * other processes get in the way of what a migration writes.
 */
function guardedBy(lock: MigrationLock, dataSource: DataSource): DataSource {
  changeEachRunner(dataSource, (runner) => {
    const query = runner.query.bind(runner);
    const mayRepeat = (error: unknown) => wasUndone(error) && !runner.isTransactionActive;
    // Each time: the lock may be lost while a statement waits in vain.
    const guarded = async (...statement: Parameters<typeof query>): Promise<unknown> => {
      await lock.demand();
      return query(...statement);
    };
    const repeated = (...statement: Parameters<typeof query>) =>
      repeatWhile<unknown>(mayRepeat, () => guarded(...statement));
    runner.query = repeated as typeof runner.query;
  });
  return dataSource;
}

function logMigrations(done: readonly { readonly name: string }[], milliseconds: number): void {
  const migrations = done.map(({ name }) => name);
  const fields = { migrations, milliseconds: Math.round(milliseconds) };
  logger.log(fields, `Migrated the database in ${fields.milliseconds} ms: ${migrations.join(', ')}.`);
}
