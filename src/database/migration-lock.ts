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
 * Lets one process at a time prepare a database; the others wait. The lock belongs to the file system or to the
 * server, so that it ends with a process that is killed.
 *
 * @throws {DatabaseUnusable} if the server does not answer within `patience`, or can't be used
 */
export function lockForMigration(database: DatabaseAddress, patience: Patience): Promise<Release> {
  return database.engine === 'sqlite' ? lockFile(database.file) : lockServer(database, patience);
}

async function lockFile(file: string): Promise<Release> {
  const Connection = sqliteDriver();
  await makeForOneself(file);
  // In a file of its own: a transaction that has read can't begin to write while another process does, however long it waits.
  const lock = new Connection(`${file}.migration-lock`, { timeout: WAIT_SECONDS * 1000 });
  lock.exec('BEGIN EXCLUSIVE');
  return () => Promise.resolve(void lock.close());
}

/**
 * Makes the database's file and its folder, where they are not there yet, for nobody else on this machine to read: names
 * and addresses of people stand in it. What SQLite puts beside the file gets the same mode.
 */
async function makeForOneself(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await (await open(file, 'a', 0o600)).close();
}

/** The server's name for the lock of a database: locks are of the whole server, with 64 characters at most. */
export function lockNameOf({ name }: MysqlAddress): string {
  return `mooring-${sha256(name).slice(0, 40)}`;
}

/** On a connection of its own, which holds the lock until it is closed, or the server sees that we are gone. */
async function lockServer(address: MysqlAddress, patience: Patience): Promise<Release> {
  const connection = await firstConnection(address, patience);
  const release = () => Promise.resolve(connection.destroy());
  try {
    const [rows] = await connection.query('SELECT GET_LOCK(?, ?) AS got', [lockNameOf(address), WAIT_SECONDS]);
    const [row] = rows as { got: number | null }[];
    if (row?.got !== 1) {
      throw new DatabaseUnusable(
        `Another process has held the migration lock for ${WAIT_SECONDS} seconds. Check that process, and start again.`,
      );
    }
    await prepareDatabase(connection, address.name);
    return release;
  } catch (error) {
    await release();
    throw error;
  }
}
