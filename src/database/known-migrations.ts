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
  const unknown = (await namesIn(dataSource)).filter((name) => !KNOWN.has(name));
  if (unknown.length === 0) return;
  throw new DatabaseUnusable(
    `A newer release has migrated this database (${unknown.join(', ')}). Start that release or a newer one, or set ALLOW_DOWNGRADE=true after a backup; nothing was changed.`,
  );
}

async function namesIn(dataSource: DataSource): Promise<readonly string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable(TABLE))) return [];
    const rows = await dataSource.query<{ name: string }[]>(`SELECT name FROM ${TABLE} ORDER BY timestamp`);
    return rows.map(({ name }) => name);
  } finally {
    await runner.release();
  }
}
