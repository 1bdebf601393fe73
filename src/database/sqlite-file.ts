import { open, stat } from 'node:fs/promises';
import type { Environment } from '../config/env.js';
import { DatabaseUnusable } from './database.errors.js';

/** How every SQLite file begins (SQLite, "Database File Format", section 1.3.1). */
const HEADER = Buffer.from('SQLite format 3\0');

/** Whether the database is a SQLite file that is there already, so that another server may be using it. */
export async function hasDatabaseFile({ database }: Pick<Environment, 'database'>): Promise<boolean> {
  return database.engine === 'sqlite' && (await stat(database.file).catch(() => undefined)) !== undefined;
}

/**
 * Refuses a file that is no SQLite database, before anything is written beside it. A missing or an empty file is no fault.
 *
 * @throws {DatabaseUnusable} naming the file
 */
export async function refuseForeignFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found || found.size === 0) return;
  if (found.isFile() && (await startOf(file)).equals(HEADER)) return;
  const fault = found.isDirectory() ? 'is a folder' : 'is not a SQLite database';
  throw new DatabaseUnusable(
    `${file} ${fault}. Correct DATABASE_URL, or restore the database from a backup; nothing was changed.`,
  );
}

async function startOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch((error: unknown) => {
    const { code = 'no code' } = error as NodeJS.ErrnoException;
    throw new DatabaseUnusable(
      `${path} can't be read (${code}). Let the user of this server read and write the file in DATABASE_URL.`,
    );
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER.length), 0, HEADER.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
