import { DataSource } from 'typeorm';
import { Environment } from '../config/env.js';
import { DatabaseUnusable } from './database.errors.js';
import { MIGRATIONS } from './migrations/index.js';

const TABLE = 'migrations';
const KNOWN = new Set(MIGRATIONS.map(({ name }) => name));

/**
 * Refuses a database that a newer release has migrated, unless the operator allows it.
 *
 * @throws {DatabaseUnusable} naming the migrations that this release does not know
 */
export async function refuseDowngrade(dataSource: DataSource, { allowDowngrade }: Environment): Promise<void> {
  if (allowDowngrade) return;
  const rows: { name: string }[] = await dataSource.query(`SELECT name FROM ${TABLE} ORDER BY timestamp`);
  const unknown = rows.map(({ name }) => name).filter((name) => !KNOWN.has(name));
  if (unknown.length === 0) return;
  throw new DatabaseUnusable(
    `A newer release has migrated this database (${unknown.join(', ')}). Start that release or a newer one, or set ALLOW_DOWNGRADE=true after a backup; nothing was changed.`,
  );
}

/** Whether no migration has run yet. */
export async function isEmpty(dataSource: DataSource): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    return !(await runner.hasTable(TABLE));
  } finally {
    await runner.release();
  }
}
