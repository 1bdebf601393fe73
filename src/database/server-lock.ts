import { Logger } from '@nestjs/common';
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Environment } from '../config/env.js';
import { driverCodeOf } from './database-failures.js';
import { DatabaseUnusable } from './database.errors.js';
import { demandDataFolder } from './leftover-files.js';
import { Release } from './migration-lock.js';
import { Patience } from './mysql-first-connection.js';
import { sqliteDriver } from './sqlite-driver.js';
import { refuseForeignFile } from './sqlite-file.js';

/** Longer than a server takes to end after SIGTERM, so that its successor may start before it has ended. */
const OTHER_SERVER_SECONDS = 15;
const PATIENCE: Patience = { seconds: OTHER_SERVER_SECONDS, pauseMilliseconds: 250 };

type Lock = InstanceType<ReturnType<typeof sqliteDriver>>;

/** Locks end with their connection, and an unreferenced connection is closed. */
const held = new Set<Lock>();

const logger = new Logger('Database');

/**
 * Lets one server at a time use a SQLite file; a second one waits for the end of the first, for as long as `patience`
 * says. The kernel holds the lock for this process and releases it however the process ends, so that nothing is left
 * that could lock a server out. Commands take no such lock. With ALLOW_SECOND_SERVER a server shares the lock, and starts
 * beside others. With a database server there is nothing to lock.
 *
 * @returns what releases the lock, for tests: a server keeps it until its end
 * @throws {DatabaseUnusable} if another server holds the lock all that time, if it can't be taken, or if the file is no
 * SQLite database
 * @throws {FileNotWritten} if a first start could not write to DATA_DIR
 */
export async function lockForServer(environment: Environment, patience = PATIENCE): Promise<Release> {
  const { database, allowSecondServer = false } = environment;
  if (database.engine !== 'sqlite') return () => Promise.resolve();
  await refuseForeignFile(database.file);
  await demandDataFolder(environment);
  const file = await realPathOf(database.file);
  const release = await hold({ file, isShared: allowSecondServer, patience });
  await noteHolder(file);
  return release;
}

/**
 * Lets a worker use a SQLite file beside the process that has started it, which has locked it as a server. The next server
 * waits until the last worker has ended, too, even where that process was killed.
 *
 * @throws {DatabaseUnusable} as {@link lockForServer} does
 */
export async function lockForWorker({ database }: Environment, patience = PATIENCE): Promise<void> {
  if (database.engine !== 'sqlite') return;
  await hold({ file: await realPathOf(database.file), isShared: true, patience });
}

async function hold(wanted: Wanted): Promise<Release> {
  const lock = openLock(`${wanted.file}.server-lock`);
  held.add(lock);
  const release = () => {
    held.delete(lock);
    return Promise.resolve(void lock.close());
  };
  try {
    await takeLock(lock, wanted);
    return release;
  } catch (error) {
    await release();
    throw error;
  }
}

/** Links to a file lead to one lock. The file may not be there yet. */
async function realPathOf(file: string): Promise<string> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return await realpath(file).catch(async () => join(await realpath(dirname(file)), basename(file)));
  } catch (error) {
    const { code = 'no code' } = error as NodeJS.ErrnoException;
    throw new DatabaseUnusable(`The folder of the database ${file} can't be used (${code}). Correct DATABASE_URL.`);
  }
}

/** Only SQLite may open this file: any other handle of this process that is closed would release the lock (fcntl(2)). */
function openLock(path: string): Lock {
  try {
    return new (sqliteDriver())(path, { timeout: 0 });
  } catch (error) {
    throw error instanceof DatabaseUnusable ? error : unusableLock(path, error);
  }
}

function unusableLock(path: string, error: unknown): DatabaseUnusable {
  const code = driverCodeOf(error) || 'no code';
  return new DatabaseUnusable(
    `The lock file ${path} can't be used (${code}). The folder in DATABASE_URL must be writable, on a file system with locks; the lock file may be deleted while no server runs.`,
    { cause: error },
  );
}

interface Wanted {
  readonly file: string;
  readonly isShared: boolean;
  readonly patience: Patience;
}

async function takeLock(lock: Lock, { file, isShared, patience }: Wanted): Promise<void> {
  const giveUpAt = performance.now() + patience.seconds * 1000;
  let isTold = false;
  while (!tryLock(lock, isShared)) {
    const other = `Another server uses ${file}${await holderOf(file)}.`;
    if (performance.now() >= giveUpAt) throw new DatabaseUnusable(`${other} ${REFUSAL}`);
    if (!isTold) logger.warn(`${other} Waiting up to ${patience.seconds} seconds for it to end.`);
    isTold = true;
    await pause(patience.pauseMilliseconds);
  }
}

const REFUSAL =
  'Only one server at a time may use a SQLite file: stop that one, or correct DATABASE_URL; several servers need MariaDB or MySQL. ALLOW_SECOND_SERVER=true starts this one beside it. The database was not changed.';

/**
 * A server that excludes others first sees that nobody shares the lock, and then keeps SQLite's RESERVED lock, beside which
 * others can share (SQLite, "File Locking And Concurrency", section 3).
 */
function tryLock(lock: Lock, isShared: boolean): boolean {
  try {
    lock.exec(isShared ? 'BEGIN; SELECT name FROM sqlite_master' : 'BEGIN EXCLUSIVE; ROLLBACK; BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (lock.inTransaction) lock.exec('ROLLBACK');
    if (driverCodeOf(error).startsWith('SQLITE_BUSY')) return false;
    throw unusableLock(lock.name, error);
  }
}

/** Only information: the lock decides, so an old note does no harm, and a missing one neither. */
async function noteHolder(file: string): Promise<void> {
  const note = `process ${process.pid} on ${hostname()}\n`;
  await writeFile(noteOf(file), note, { mode: 0o600 }).catch(() => undefined);
}

async function holderOf(file: string): Promise<string> {
  const note = (await readFile(noteOf(file), 'utf8').catch(() => '')).slice(0, 200).trim();
  return /^[\x20-\x7e]+$/.test(note) ? ` (${note})` : '';
}

function noteOf(file: string): string {
  return `${file}.server`;
}
