import Database from 'better-sqlite3';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import { Environment } from '../config/env.js';
import { dataSourceOptionsOf } from './data-source-options.js';

const WAIT_MS = 60_000;

/**
 * Opens the database and runs the migrations that are due. Of several processes that start at once one migrates and the
 * others wait for it; the lock is one of the file system, so that it ends with a process that is killed.
 */
export async function openDataSource(environment: Environment): Promise<DataSource> {
  const { databaseFile } = environment;
  await mkdir(dirname(databaseFile), { recursive: true });
  // In a file of its own: a transaction that has read can't begin to write while another process does, however long it waits.
  const lock = new Database(`${databaseFile}.migration-lock`, { timeout: WAIT_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    const dataSource = await new DataSource(dataSourceOptionsOf(environment)).initialize();
    await dataSource.runMigrations();
    return dataSource;
  } finally {
    lock.close();
  }
}
