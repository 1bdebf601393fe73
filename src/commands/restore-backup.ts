import { access, copyFile, mkdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AuditOutcome, AuditService } from '../audit/index.js';
import type { Environment } from '../config/env.js';
import { lockForServer } from '../database/index.js';
import { keySourceOf } from '../settings/installation.js';
import { BackupContents, checkBackup } from './backup-check.js';
import { BackupUnusable } from './backup-unusable.js';
import { BY_THIS_MACHINE, commandEnvironment, inInstallation, tellInstallation } from './command-context.js';
import { loadCommand } from './dump-tools.js';
import { fillNewFile, inUse, isDatabaseAt, nameBeside, onCopyOf, setAside } from './sqlite-files.js';

const AT_ONCE = { seconds: 0, pauseMilliseconds: 0 };

/** A backup that was checked. */
export interface CheckedBackup {
  readonly file: string;
  readonly contents: BackupContents;
}

/** A backup that was restored, or the command that restores it. */
export type Restored = CheckedBackup &
  ({ readonly database: string; readonly replaced: string | null } | { readonly tool: string });

/**
 * Checks a backup with the encryption key of this environment. Changes nothing.
 *
 * @throws {BackupUnusable} {@link EncryptionKeyUnusable} {@link InvalidEnvironment}
 */
export async function checkOnly(path: string): Promise<CheckedBackup> {
  const [environment, file] = [commandEnvironment(), resolve(path)];
  process.stderr.write(`Backup: ${file}\nEncryption key: ${await keySourceOf(environment)}\n`);
  return { file, contents: await checkBackup(file, environment) };
}

/**
 * Restores a backup to the place that the environment names for the database, after a check; of a dump, only names the
 * tool.
 *
 * @param mayReplace whether a database that is there is moved aside
 * @throws {BackupUnusable} {@link EncryptionKeyUnusable} {@link InvalidEnvironment} {@link DatabaseUnusable}
 */
export async function restoreBackup(path: string, mayReplace: boolean): Promise<Restored> {
  const [environment, file] = [commandEnvironment(), resolve(path)];
  const { database } = environment;
  process.stderr.write(`Backup: ${file}\n`);
  await tellInstallation(environment);
  const contents = await checkBackup(file, environment);
  if (database.engine !== contents.engine) throw new BackupUnusable(mismatchOf(file, contents));
  if (database.engine === 'mysql') return { file, contents, tool: loadCommand(database, file) };
  const target = await realPathOf(resolve(database.file));
  const isThere = await isDatabaseAt(target);
  if (isThere && !mayReplace) throw isTaken(target);
  const replaced = await withoutServer(environment, target, () => place(file, target, isThere));
  // The event needs the tables of this release.
  if (!contents.isOlder) await noteRestore(environment);
  return { file, contents, database: target, replaced };
}

/** Runs work while no server starts on a SQLite file, where one has ever run: also one whose file was moved away. */
async function withoutServer<T>(environment: Environment, target: string, work: () => Promise<T>): Promise<T> {
  const mayRun = await access(`${target}.server-lock`).then(
    () => true,
    () => false,
  );
  if (!mayRun) return work();
  const release = await lockForServer({ ...environment, allowSecondServer: false }, AT_ONCE).catch((error: Error) => {
    // With a cause it is the lock file that can't be used.
    throw error.cause === undefined ? inUse(target) : error;
  });
  return work().finally(release);
}

/** Where a link leads: the database belongs there, and not in place of the link. */
function realPathOf(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

function mismatchOf(file: string, { engine }: BackupContents): string {
  const kind = engine === 'sqlite' ? 'a SQLite database' : 'the dump of a database server';
  return `${file} is ${kind}, and DATABASE_URL names a database of the other kind. Correct DATABASE_URL; nothing was changed.`;
}

function isTaken(target: string): BackupUnusable {
  return new BackupUnusable(
    `There is a database ${target} already, and it was not changed. Move it away, or use --replace, which keeps it under another name.`,
  );
}

/** Puts a copy of the backup in place; whatever was there is kept under another name. */
async function place(file: string, target: string, isThere: boolean): Promise<string | null> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const draft = nameBeside(target, 'restored');
  await onCopyOf(file, (copy) => fillNewFile(draft, (unfinished) => copyFile(copy, unfinished)));
  try {
    const replaced = isThere ? await setAside(target, new Date()) : null;
    await rename(draft, target);
    return replaced;
  } finally {
    await rm(draft, { force: true });
  }
}

function noteRestore(environment: Environment): Promise<void> {
  const succeeded = { ...BY_THIS_MACHINE, outcome: AuditOutcome.SUCCEEDED };
  const event = { action: 'database.restore' as const, target: null, ...succeeded };
  return inInstallation(environment, [], (app) => app.get(AuditService).write(event));
}
