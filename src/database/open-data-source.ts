import { DataSource } from 'typeorm';
import { Environment } from '../config/env.js';
import { dataSourceOptionsOf, migrationOptionsOf } from './data-source-options.js';
import { adaptEntities } from './engine-differences.js';
import { lockForMigration } from './migration-lock.js';
import { Patience } from './mysql-first-connection.js';
import { makeResilient } from './resilient-statements.js';

const PATIENCE: Patience = { seconds: 60, pauseMilliseconds: 1000 };

/**
 * Opens the database and runs the pending migrations. If several processes start at once, one migrates and the others
 * wait for it.
 *
 * @throws {DatabaseUnusable} if the server does not answer in time, or cannot be used
 */
export async function openDataSource(environment: Environment, patience = PATIENCE): Promise<DataSource> {
  const release = await lockForMigration(environment.database, patience);
  try {
    await migrate(environment);
    const dataSource = await makeResilient(new DataSource(dataSourceOptionsOf(environment))).initialize();
    adaptEntities(dataSource);
    return dataSource;
  } finally {
    await release();
  }
}

async function migrate(environment: Environment): Promise<void> {
  const dataSource = await new DataSource(migrationOptionsOf(environment)).initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}
