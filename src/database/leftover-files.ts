import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Environment } from '../config/env.js';
import { DatabaseUnusable } from './database.errors.js';

/**
 * Refuses an empty file beside a write-ahead log, before it is opened: SQLite would delete the log.
 *
 * @throws {DatabaseUnusable} naming the log
 */
export async function refuseForeignLog({ database }: Environment): Promise<void> {
  if (database.engine === 'sqlite' && !(await isFilled(database.file))) {
    await refuseBeside(database.file, [`${database.file}-wal`]);
  }
}

/**
 * Refuses to make an installation in an empty database beside the key or the password of another one, such as in a copy
 * without the write-ahead log. A first start makes these files after the tables, so one that was interrupted goes on.
 *
 * @throws {DatabaseUnusable} naming the files
 */
export async function refuseLeftovers({ database, dataDir, ...given }: Environment): Promise<void> {
  if (database.engine !== 'sqlite') return;
  await refuseBeside(database.file, [
    ...(given.encryptionKeys.length > 0 ? [] : [join(dataDir, 'encryption.key')]),
    ...(given.adminPassword ? [] : [join(dataDir, 'admin-password')]),
  ]);
}

async function refuseBeside(database: string, paths: readonly string[]): Promise<void> {
  const filled = await Promise.all(paths.map(isFilled));
  const found = paths.filter((_path, index) => filled[index]);
  if (found.length === 0) return;
  throw new DatabaseUnusable(
    `The database ${database} is empty, but files of an installation are there: ${found.join(', ')}. Restore the database of that installation from a backup, or move these files away to make a new installation; they were not changed.`,
  );
}

async function isFilled(path: string): Promise<boolean> {
  return ((await stat(path).catch(() => undefined))?.size ?? 0) > 0;
}
