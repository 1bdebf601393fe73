import { copyFile, constants, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseUnusable } from '../database.errors.js';
import { ReadingThread } from '../reading-thread.js';
import { refuseForeignFile } from '../sqlite-file.js';
import type { ReadOnlyDatabase } from './read-only-database.js';

const STATEMENT_MS = 5_000;
const HINT = 'Run the command with the environment of the service, in the same folder';
/** How the folders of copies begin. */
const COPY_START = 'mooring-doctor-';
/** A copy that is older was left by a process that was killed while it copied; in milliseconds. */
const COPYING_MS = 3_600_000;
/** Makes SQLite open all files of a database. */
const FIRST_READ = 'SELECT COUNT(*) FROM sqlite_schema';

const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

/**
 * A SQLite file, read in a thread. Where no server has it open, a copy is read: SQLite would make files beside it even for a
 * connection that only reads. The copy has no name any more once it is open, so that nothing is left of it when the process ends,
 * however it ends.
 *
 * @param copies where copies are made
 * @throws {DatabaseUnusable} if it is not there or is no database
 */
export async function readOnlySqlite(path: string, copies = tmpdir()): Promise<ReadOnlyDatabase> {
  const file = resolve(path);
  const found = await stat(file).catch(() => undefined);
  if (!found)
    throw new DatabaseUnusable(`There is no database ${file}. ${HINT}; if there never was one, start the server.`);
  await refuseForeignFile(file);
  if (found.size === 0) throw new DatabaseUnusable(`${file} is empty: it holds no installation. ${HINT}.`);
  const isOpen = (await isThere(`${file}-wal`)) && (await isThere(`${file}-shm`));
  return isOpen ? readBy(readingThread(file)) : readCopy(file, copies);
}

const readingThread = (file: string) => new ReadingThread(file, { milliseconds: STATEMENT_MS });

function readBy(thread: ReadingThread, afterwards: () => Promise<void> = () => Promise.resolve()): ReadOnlyDatabase {
  return {
    engine: 'sqlite',
    rows: async <Row extends object>(sql: string, parameters?: readonly unknown[]) =>
      (await thread.read(sql, parameters)) as Row[],
    lackedRights: () => Promise.resolve(null),
    cluster: () => Promise.resolve(null),
    close: async () => {
      await thread.close();
      await afterwards();
    },
  };
}

async function readCopy(file: string, copies: string): Promise<ReadOnlyDatabase> {
  await removeOldCopies(copies);
  const copy = await copyOf(file, copies);
  // Windows keeps files that are open: there the copy goes when it is closed.
  const remove = () => copy.remove().catch(() => undefined);
  const thread = readingThread(copy.file);
  try {
    await thread.read(FIRST_READ);
  } catch (error) {
    await thread.close();
    const { code, detail = code } = error as { code?: string; detail?: string };
    throw new DatabaseUnusable(`${file} can't be read (${detail ?? 'no code'}). Restore a backup if it is damaged.`);
  } finally {
    await remove();
  }
  return readBy(thread, remove);
}

async function removeOldCopies(copies: string): Promise<void> {
  const names = await readdir(copies).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(COPY_START))) {
    const folder = join(copies, name);
    const { mtimeMs = Infinity, uid } = (await stat(folder).catch(() => undefined)) ?? {};
    // Of another user's copies, at most its name could be seen.
    if (uid === process.getuid?.() && Date.now() - mtimeMs > COPYING_MS)
      await removeFolder(folder).catch(() => undefined);
  }
}

const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true });

async function copyOf(
  file: string,
  copies: string,
): Promise<{ readonly file: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(copies, COPY_START));
  const remove = () => removeFolder(folder);
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
      `${file} can't be copied to ${copies} to be read (${code}). Set TMPDIR to a folder with room.`,
    );
  }
}
