import { open, stat } from 'node:fs/promises';
import { Environment } from '../config/env.js';
import { newerProblemOf, pendingAfter, sqliteDriver } from '../database/index.js';
import { Installation, SealedInstallation } from '../settings/installation.js';
import { BackupUnusable, codeOf } from './backup-unusable.js';
import { notABackup, readDump } from './dump-reader.js';
import { onCopyOf } from './sqlite-files.js';

const SQLITE_HEADER = 'SQLite format 3\0';

/** What a backup that can be restored holds. */
export interface BackupContents {
  readonly engine: 'sqlite' | 'mysql';
  /** Deleted ones included. */
  readonly users: number;
  /** Whether a server of this release migrates it when it starts. */
  readonly isOlder: boolean;
}

/**
 * Checks that a backup is complete, that this release can use it, and that the encryption key opens it. It is not changed.
 *
 * @throws {BackupUnusable} {@link EncryptionKeyUnusable}
 */
export async function checkBackup(file: string, environment: Environment): Promise<BackupContents> {
  const header = await headerOf(file);
  if (header.length === 0) throw new BackupUnusable(`${file} is empty. Use another backup.`);
  if (header === SQLITE_HEADER) return onCopyOf(file, (copy) => checkSqlite(copy, file, environment));
  return checkDump(file, environment);
}

async function headerOf(file: string): Promise<string> {
  try {
    // A pipe could only be read once, and would be waited for.
    if (!(await stat(file)).isFile()) throw notABackup(file);
    const handle = await open(file, 'r');
    const { buffer, bytesRead } = await handle
      .read({ buffer: Buffer.alloc(SQLITE_HEADER.length) })
      .finally(() => handle.close());
    return buffer.toString('latin1', 0, bytesRead);
  } catch (error) {
    if (error instanceof BackupUnusable) throw error;
    throw new BackupUnusable(`The backup ${file} can't be read (${codeOf(error)}).`);
  }
}

/**
 * The same for a SQLite file that may be opened as it is.
 *
 * @param name its name for messages
 * @throws {BackupUnusable} {@link EncryptionKeyUnusable}
 */
export async function checkSqlite(file: string, name: string, environment: Environment): Promise<BackupContents> {
  const { migrations, sealed, users } = sqliteContents(file, name);
  const isOlder = isOfOlderRelease(migrations, name, environment);
  if (!sealed) throw new BackupUnusable(`${name} holds no installation. Use another backup.`);
  await Installation.ofSealed(sealed, environment);
  return { engine: 'sqlite', users, isOlder };
}

interface SqliteContents {
  readonly migrations: readonly string[];
  readonly sealed?: SealedInstallation;
  readonly users: number;
}

function sqliteContents(file: string, name: string): SqliteContents {
  const database = new (sqliteDriver())(file, { readonly: true, fileMustExist: true });
  const all = <T>(sql: string) => database.prepare<[], T>(sql).all();
  try {
    const [{ integrity_check: integrity } = { integrity_check: '' }] = database.pragma('integrity_check(1)') as {
      integrity_check: string;
    }[];
    if (integrity !== 'ok') throw new BackupUnusable(`${name} is damaged (${integrity}). Use another backup.`);
    const tables = all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'");
    const isOurs = ['migrations', 'settings', 'users'].every((table) => tables.some((one) => one.name === table));
    if (!isOurs) return { migrations: [], users: 0 };
    const [sealed] = all<SealedInstallation>(
      'SELECT key_check AS keyCheck, sealed_digest_key AS sealedDigestKey FROM settings',
    );
    const [{ count } = { count: 0 }] = all<{ count: number }>('SELECT COUNT(*) AS count FROM users');
    const migrations = all<{ name: string }>('SELECT name FROM migrations ORDER BY timestamp').map((row) => row.name);
    return { migrations, users: count, ...(sealed && { sealed }) };
  } catch (error) {
    if (error instanceof BackupUnusable) throw error;
    throw new BackupUnusable(`${name} is damaged (${codeOf(error)}). Use another backup.`);
  } finally {
    database.close();
  }
}

function isOfOlderRelease(migrations: readonly string[], name: string, environment: Environment): boolean {
  if (migrations.length === 0) {
    throw new BackupUnusable(
      `${name} holds no installation. A copy of a live database without its write-ahead log looks like this: use a file that "mooring backup" has made.`,
    );
  }
  const problem = newerProblemOf(migrations, environment);
  if (problem) throw new BackupUnusable(`${name} ${problem}`);
  return pendingAfter(migrations).length > 0;
}

async function checkDump(file: string, environment: Environment): Promise<BackupContents> {
  const { isComplete, migrations, sealed, users } = await readDump(file);
  if (migrations.length === 0 && sealed.length === 0) {
    throw notABackup(file);
  }
  if (!isComplete) throw new BackupUnusable(`${file} has no line "-- Dump completed" at its end. Make the dump again.`);
  const isOlder = isOfOlderRelease(migrations, file, environment);
  await demandKey(sealed, environment);
  return { engine: 'mysql', users, isOlder };
}

/** A dump need not name the columns: any two of the sealed values of the settings may be the two that are needed. */
async function demandKey(sealed: readonly string[], environment: Environment): Promise<void> {
  let problem: unknown = new BackupUnusable('The dump has no settings. Make it again.');
  for (const keyCheck of sealed) {
    for (const sealedDigestKey of sealed) {
      try {
        await Installation.ofSealed({ keyCheck, sealedDigestKey }, environment);
        return;
      } catch (error) {
        problem = error;
      }
    }
  }
  throw problem;
}
