import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sha256 } from '../common/crypto/random-text.js';
import { DatabaseAddress, MysqlAddress } from '../config/database-address.js';
import { DatabaseUnusable } from './database.errors.js';
import { prepareDatabase } from './mysql-database.js';
import { firstConnection, Patience } from './mysql-first-connection.js';
import { sqliteDriver } from './sqlite-driver.js';

const WAIT_SECONDS = 60;

/** Releases a lock. */
export type Release = () => Promise<void>;

/**
 * Lets one process at a time prepare a database; the others wait. The file system or the server holds the lock, so it ends
 * even if its process is killed.
 *
 * @throws {DatabaseUnusable} if the server does not answer within `patience`, or cannot be used
 */
export function lockForMigration(database: DatabaseAddress, patience: Patience): Promise<Release> {
  return database.engine === 'sqlite' ? lockFile(database.file) : lockServer(database, patience);
}

async function lockFile(file: string): Promise<Release> {
  const Connection = sqliteDriver();
  await makeForOneself(file);
  // A separate file: a transaction that has read cannot start writing while another process writes, however long it waits.
  const lock = new Connection(`${file}.migration-lock`, { timeout: WAIT_SECONDS * 1000 });
  lock.exec('BEGIN EXCLUSIVE');
  return () => Promise.resolve(void lock.close());
}

/**
 * Creates the database's file and folder if they are missing, readable only by this user of the machine, because the
 * database holds names and addresses of people. The files that SQLite creates beside it get the same mode.
 */
async function makeForOneself(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await (await open(file, 'a', 0o600)).close();
}

/** The name of a database's lock: lock names are shared by the whole server and have at most 64 characters. */
export function lockNameOf({ name }: MysqlAddress): string {
  return `mooring-${sha256(name).slice(0, 40)}`;
}

/** Uses a separate connection, which holds the lock until it is closed or the server notices that the process is gone. */
async function lockServer(address: MysqlAddress, patience: Patience): Promise<Release> {
  const connection = await firstConnection(address, patience);
  const release = () => Promise.resolve(connection.destroy());
  try {
    const [rows] = await connection.query('SELECT GET_LOCK(?, ?) AS got', [lockNameOf(address), WAIT_SECONDS]);
    const [row] = rows as { got: number | null }[];
    if (row?.got !== 1) {
      throw new DatabaseUnusable(
        `Another process has held the migration lock for ${WAIT_SECONDS} seconds. Check that process and start again.`,
      );
    }
    await prepareDatabase(connection, address.name);
    return release;
  } catch (error) {
    await release();
    throw error;
  }
}
