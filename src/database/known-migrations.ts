import { DataSource } from 'typeorm';
import { Environment } from '../config/env.js';
import { DatabaseUnusable } from './database.errors.js';
import { MIGRATIONS } from './migrations/index.js';

/** TypeORM makes it; a migration makes its names unique. */
export const MIGRATIONS_TABLE = 'migrations';

const NAMES = MIGRATIONS.map(({ name }) => name);
const KNOWN = new Set(NAMES);

/** Whether the operator lets this release work on what a newer one has migrated. */
export type DowngradeAllowance = Pick<Environment, 'allowDowngrade'>;

/** The migrations of this release that a database with these has still to run. */
export function pendingAfter(done: readonly string[]): readonly string[] {
  return NAMES.filter((name) => !done.includes(name));
}

/**
 * What keeps this release from working on a database with these migrations, as a sentence without its subject, if a newer
 * release has run some of them and the operator does not allow that.
 */
export function newerProblemOf(done: readonly string[], { allowDowngrade }: DowngradeAllowance): string | undefined {
  const unknown = done.filter((name) => !KNOWN.has(name));
  if (allowDowngrade || unknown.length === 0) return undefined;
  return `is of a newer release (${unknown.join(', ')}). Use that release or a newer one, or set ALLOW_DOWNGRADE=true after a backup; nothing was changed.`;
}

/**
 * Refuses a database that a newer release has migrated, unless the operator allows it.
 *
 * @throws {DatabaseUnusable} naming the migrations that this release does not know
 */
export async function refuseDowngrade(dataSource: DataSource, allowance: DowngradeAllowance): Promise<void> {
  const problem = newerProblemOf(await namesOfMigrations(dataSource), allowance);
  if (problem) throw new DatabaseUnusable(`The database ${problem}`);
}

/** The names of the migrations that have run, in their order. */
export async function namesOfMigrations(dataSource: DataSource): Promise<readonly string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable(MIGRATIONS_TABLE))) return [];
    const rows = await dataSource.query<{ name: string }[]>(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY timestamp`);
    return rows.map(({ name }) => name);
  } finally {
    await runner.release();
  }
}
