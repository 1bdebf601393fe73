import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DataSource } from 'typeorm';
import { Environment } from '../config/env.js';
import { beginFirstStart, demandPlaceOfMark, isFirstStart } from '../config/first-start.js';
import { DatabaseUnusable } from './database.errors.js';

const SET_ASIDE = /^\.(replaced|restored)-[\w.-]*$/;
const BESIDE = /-(wal|shm)$/;

/**
 * Refuses a SQLite file that is missing or empty beside files of an installation, before it is opened: SQLite would delete
 * a write-ahead log, and make a file. A restore that was killed leaves the database under another name.
 *
 * @throws {DatabaseUnusable} naming the files
 */
export async function refuseLostFile(environment: Environment): Promise<void> {
  const { database } = environment;
  if (database.engine !== 'sqlite') return;
  const made = await filledOf(filesMadeAtFirst(environment));
  const goesOn = await isFirstStart(environment);
  const others = await filledOf([`${database.file}-wal`, ...(await setAsideBeside(database.file))]);
  const found = [...others, ...(goesOn ? [] : made)];
  // Last, because another server may be at its first start.
  if (found.length > 0 && !(await isFilled(database.file))) throw isForeign(found);
}

/** The databases that `mooring restore` has moved away, or has not yet put in place. */
async function setAsideBeside(file: string): Promise<readonly string[]> {
  const names = await readdir(dirname(file)).catch((): string[] => []);
  const own = names.filter((name) => name.startsWith(basename(file)) && isSetAside(name.slice(basename(file).length)));
  return own.map((name) => join(dirname(file), name));
}

/**
 * Refuses to make an installation in a database that has none, beside the key or the password of another installation:
 * such as in a copy without its write-ahead log, or under a wrong name. A first start that was interrupted goes on.
 *
 * @throws {DatabaseUnusable} naming the files
 */
export async function refuseLeftovers(dataSource: DataSource, environment: Environment): Promise<void> {
  const made = filesMadeAtFirst(environment);
  // Without them nothing has to be written, and DATA_DIR may be read-only.
  if (made.length === 0) return;
  // Read in this order, because another server may be at its first start: it removes its mark when the installation is there.
  const found = await filledOf(made);
  const goesOn = await isFirstStart(environment);
  if (await hasInstallation(dataSource)) return;
  if (found.length > 0 && !goesOn) throw isForeign(found);
  await beginFirstStart(environment);
}

/**
 * Refuses a DATA_DIR that a first start could not write to, before a SQLite file is made.
 *
 * @throws {FileNotWritten} naming a file in it
 */
export async function demandDataFolder(environment: Environment): Promise<void> {
  const { database } = environment;
  if (database.engine !== 'sqlite' || filesMadeAtFirst(environment).length === 0) return;
  if (!(await isFilled(database.file))) await demandPlaceOfMark(environment);
}

function filesMadeAtFirst({ dataDir, ...given }: Environment): readonly string[] {
  return [
    ...(given.encryptionKeys.length > 0 ? [] : [join(dataDir, 'encryption.key')]),
    ...(given.adminPassword ? [] : [join(dataDir, 'admin-password')]),
  ];
}

function isSetAside(suffix: string): boolean {
  return SET_ASIDE.test(suffix) && !BESIDE.test(suffix);
}

async function filledOf(paths: readonly string[]): Promise<readonly string[]> {
  const filled = await Promise.all(paths.map(isFilled));
  return paths.filter((_path, index) => filled[index]);
}

async function hasInstallation(dataSource: DataSource): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('settings'))) return false;
    return (await dataSource.query<unknown[]>('SELECT id FROM settings')).length > 0;
  } finally {
    await runner.release();
  }
}

function isForeign(found: readonly string[]): DatabaseUnusable {
  return new DatabaseUnusable(
    `The database holds no installation, but files of one are there: ${found.join(', ')}. Check DATABASE_URL, restore that database from a backup, or move these files away to make a new installation; they were not changed.`,
  );
}

async function isFilled(path: string): Promise<boolean> {
  return ((await stat(path).catch(() => undefined))?.size ?? 0) > 0;
}
