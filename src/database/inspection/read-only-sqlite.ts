import { copyFile, constants, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseUnusable } from '../database.errors.js';
import { ReadingThread } from '../reading-thread.js';
import { refuseForeignFile } from '../sqlite-file.js';
import type { ReadOnlyDatabase } from './read-only-database.js';

const STATEMENT_MS = 5_000;
const HINT = 'Run the command with the environment of the service, in the same folder';

const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

/**
 * A SQLite file, read in a thread. Where no server has it open, a copy is read: SQLite would make files beside it even for a
 * connection that only reads.
 *
 * @throws {DatabaseUnusable} if it is not there or is no database
 */
export async function readOnlySqlite(path: string): Promise<ReadOnlyDatabase> {
  const file = resolve(path);
  const found = await stat(file).catch(() => undefined);
  if (!found)
    throw new DatabaseUnusable(`There is no database ${file}. ${HINT}; if there never was one, start the server.`);
  await refuseForeignFile(file);
  if (found.size === 0) throw new DatabaseUnusable(`${file} is empty: it holds no installation. ${HINT}.`);
  const isOpen = (await isThere(`${file}-wal`)) && (await isThere(`${file}-shm`));
  const copy = isOpen ? null : await copyOf(file);
  const thread = new ReadingThread(copy?.file ?? file, { milliseconds: STATEMENT_MS });
  return {
    engine: 'sqlite',
    rows: async <Row extends object>(sql: string, parameters?: readonly unknown[]) =>
      (await thread.read(sql, parameters)) as Row[],
    lackedRights: () => Promise.resolve(null),
    close: async () => {
      await thread.close();
      await copy?.remove();
    },
  };
}

async function copyOf(file: string): Promise<{ readonly file: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-doctor-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'copy.db');
    // A file system that can share blocks copies nothing.
    await copyFile(file, copy, constants.COPYFILE_FICLONE);
    if (await isThere(`${file}-wal`)) await copyFile(`${file}-wal`, `${copy}-wal`);
    return { file: copy, remove };
  } catch (error) {
    await remove();
    const { code = 'no code' } = error as NodeJS.ErrnoException;
    throw new DatabaseUnusable(
      `${file} can't be copied to ${tmpdir()} to be read (${code}). Set TMPDIR to a folder with room.`,
    );
  }
}
