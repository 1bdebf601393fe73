import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/env.js';
import { dataSourceOptionsOf, migrationOptionsOf } from './data-source-options.js';
import { adaptEntities } from './engine-differences.js';
import { refuseDowngrade } from './known-migrations.js';
import { refuseLeftovers, refuseLostFile } from './leftover-files.js';
import { lockForMigration } from './migration-lock.js';
import { Patience } from './mysql-first-connection.js';
import { makeResilient } from './resilient-statements.js';
import { runBesideRequests } from './run-beside-requests.js';
import { syncInBackground } from './sqlite-background-sync.js';
import { timeStatements } from './timed-statements.js';

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
  const release = await lockForMigration(environment.database, patience);
  try {
    await migrate(environment);
    const opened = runBesideRequests(new DataSource(dataSourceOptionsOf(environment)));
    const dataSource = timeStatements(syncInBackground(makeResilient(opened)));
    await dataSource.initialize();
    // From here on a statement waits for a locked file without SQLite, which would hold the event loop (LockedFile).
    if (environment.database.engine === 'sqlite') await dataSource.query('PRAGMA busy_timeout = 0');
    adaptEntities(dataSource);
    return dataSource;
  } finally {
    await release();
  }
}

async function migrate(environment: Environment): Promise<void> {
  const dataSource = await new DataSource(migrationOptionsOf(environment)).initialize();
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

function logMigrations(done: readonly { readonly name: string }[], milliseconds: number): void {
  const migrations = done.map(({ name }) => name);
  const fields = { migrations, milliseconds: Math.round(milliseconds) };
  new Logger('Migrations').log(fields, `Migrated the database in ${fields.milliseconds} ms: ${migrations.join(', ')}.`);
}
