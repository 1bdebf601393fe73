import { randomBytes } from 'node:crypto';
import { copyFile, link, lstat, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sqliteDriver } from '../database/index.js';
import { BackupUnusable, codeOf } from './backup-unusable.js';

const LOG = '-wal';
const BESIDE = ['', LOG, '-shm'];
const ALL_PAGES = 0x7fffffff;

/** Whether a file is there and not empty. */
export async function isFilled(file: string): Promise<boolean> {
  return ((await stat(file).catch(() => undefined))?.size ?? 0) > 0;
}

/** Whether a database, or its write-ahead log, is at a path. */
export async function isDatabaseAt(file: string): Promise<boolean> {
  return (await isFilled(file)) || isFilled(`${file}${LOG}`);
}

/**
 * Copies a database that servers may be writing to, with SQLite's online backup API. The copy is one file: it has no
 * write-ahead log.
 */
export async function copyOnline(from: string, to: string): Promise<void> {
  const source = new (sqliteDriver())(from, { fileMustExist: true, timeout: 10_000 });
  try {
    // All pages in one step: the copy would begin again at each write of another process between two steps.
    await source.backup(to, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  endLog(to);
}

/** Makes one file of a database and its write-ahead log. */
function endLog(file: string): void {
  const database = new (sqliteDriver())(file, { fileMustExist: true, timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
}

/** Runs work on a copy of a database file and of the log beside it, which the work may change; the copy is then removed. */
export async function onCopyOf<T>(file: string, work: (copy: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-check-'));
  try {
    const copy = join(folder, 'copy.db');
    await copyFile(file, copy);
    if (await isFilled(`${file}${LOG}`)) await copyFile(`${file}${LOG}`, `${copy}${LOG}`);
    endLogOfCopy(copy, file);
    return await work(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function endLogOfCopy(copy: string, file: string): void {
  try {
    endLog(copy);
  } catch (error) {
    throw new BackupUnusable(`${file} can't be read as a SQLite database (${codeOf(error)}). Use another backup.`);
  }
}

/** A name beside a file, which no other process chooses: in containers, every one of them has the same process ID. */
export function nameBeside(file: string, word: string): string {
  return `${file}.${word}-${randomBytes(6).toString('hex')}`;
}

/**
 * Creates a file that must not exist, readable only by its owner, complete or not at all. A process that is killed leaves
 * only a draft under another name.
 *
 * @throws {BackupUnusable} if it exists or can't be created; it is not changed
 */
export async function fillNewFile(file: string, fill: (draft: string) => Promise<void>): Promise<void> {
  if (await lstat(file).catch(() => undefined)) throw uncreated(file, 'EEXIST');
  const draft = nameBeside(file, 'unfinished');
  await reserve(draft, file);
  try {
    await fill(draft);
    await flush(draft);
    await putInPlace(draft, file);
    await flush(dirname(file));
  } finally {
    for (const one of [draft, `${draft}-journal`]) await rm(one, { force: true });
  }
}

async function reserve(path: string, file: string): Promise<void> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    throw uncreated(file, codeOf(error));
  }
}

/** A rename would replace a file that was made meanwhile; a link does not, but some file systems have none. */
async function putInPlace(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw uncreated(file, 'EEXIST');
    await reserve(file, file);
    await rename(draft, file);
  }
}

function uncreated(file: string, code: string): BackupUnusable {
  const problem = code === 'EEXIST' ? 'exists already, and was not changed' : `can't be created (${code})`;
  return new BackupUnusable(`${file} ${problem}. Name another file.`);
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/**
 * Moves a database away under another name, with all that lies beside it. It may be damaged.
 *
 * @returns the new name
 * @throws {BackupUnusable} if another process has it open
 */
export async function setAside(file: string, now: Date): Promise<string> {
  // SQLite would delete the write-ahead log beside an empty file.
  if (await isFilled(file)) refuseInUse(file);
  const name = `${file}.replaced-${now.toISOString().replaceAll(':', '-')}`;
  for (const suffix of BESIDE) {
    await rename(`${file}${suffix}`, `${name}${suffix}`).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  }
  return name;
}

/** A database leaves the mode of a write-ahead log only while no other connection is open. */
function refuseInUse(file: string): void {
  try {
    endLog(file);
  } catch (error) {
    if (!codeOf(error).startsWith('SQLITE_BUSY')) return;
    throw inUse(file);
  }
}

/** A database can't be replaced while a server uses it. */
export function inUse(file: string): BackupUnusable {
  return new BackupUnusable(`Another process has ${file} open. Stop the server first; nothing was changed.`);
}
