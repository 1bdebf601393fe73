import { Logger } from '@nestjs/common';
import { Connection, RowDataPacket } from 'mysql2/promise';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sha256 } from '../common/crypto/random-text.js';
import { DatabaseAddress, MysqlAddress } from '../config/database-address.js';
import { isNotOffered } from './database-failures.js';
import { DatabaseUnusable } from './database.errors.js';
import { MigrationLockLost, MigrationLockRow } from './migration-lock-row.js';
import { makeCausal } from './mysql-cluster.js';
import { isPrepared, prepareDatabase } from './mysql-database.js';
import { firstConnection, Patience } from './mysql-first-connection.js';
import { sqliteDriver } from './sqlite-driver.js';

const WAIT_SECONDS = 60;
/** Longer than a beat takes, on a database that answers. */
const ASK_MS = 5_000;

const logger = new Logger('Migrations');

/** Releases a lock. */
export type Release = () => Promise<void>;

/** What a process has while it alone prepares a database, or where there is nothing to prepare. */
export interface MigrationLock {
  /**
   * Makes sure that no other process prepares the database; to be asked before each statement.
   *
   * @throws {MigrationLockLost} if another process has taken the lock over
   */
  readonly demand: () => Promise<void>;
  readonly release: Release;
}

/**
 * Lets one process at a time prepare a database; the others wait. With SQLite the file system holds the lock. On a server
 * it is a row that all nodes of a cluster know (ADR 14), and before it a lock of the one node, which earlier releases take.
 * Where nothing has to be prepared none of them is taken, so that a start needs neither rights nor a server that takes
 * writes.
 *
 * @throws {DatabaseUnusable} if the server does not answer within `patience`, or cannot be used
 */
export async function lockForMigration(database: DatabaseAddress, patience: Patience): Promise<MigrationLock> {
  return database.engine === 'sqlite' ? lockFile(database.file) : lockServer(database, patience);
}

/**
 * Whether a process that prepared a database failed because it had stood still, and another one has taken its lock over. What it
 * was waiting for meanwhile fails first, by its own time limit, and in many ways; so the lock is asked.
 *
 * @param error why it failed
 * @param askMs how long an answer is waited for, in milliseconds
 */
export async function wasTakenOver({ demand }: MigrationLock, error: unknown, askMs = ASK_MS): Promise<boolean> {
  const isLoss = (reason: unknown) => reason instanceof MigrationLockLost;
  if (isLoss(error)) return true;
  return Promise.race([demand().then(() => false, isLoss), pause(askMs, false, { ref: false })]);
}

const nothing = () => Promise.resolve();

async function lockFile(file: string): Promise<MigrationLock> {
  const Connection = sqliteDriver();
  await makeForOneself(file);
  // A separate file: a transaction that has read cannot start writing while another process writes, however long it waits.
  const lock = new Connection(`${file}.migration-lock`, { timeout: WAIT_SECONDS * 1000 });
  lock.exec('BEGIN EXCLUSIVE');
  return { demand: nothing, release: () => Promise.resolve(void lock.close()) };
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

/** Uses a separate connection: the node's own lock ends with it. */
async function lockServer(address: MysqlAddress, patience: Patience): Promise<MigrationLock> {
  const connection = await firstConnection(address, patience);
  // Else the loss of an idle connection would end the process; the next statement reports it.
  connection.on('error', () => undefined);
  try {
    await makeCausal(async (sql) => (await connection.query(sql))[0]);
    if (await isPrepared(connection)) {
      connection.destroy();
      return { demand: nothing, release: nothing };
    }
    await lockNode(connection, address);
    await prepareDatabase(connection, address.name);
    return heldUntilReleased(connection, await MigrationLockRow.take(connection, tellOfHolder));
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

function heldUntilReleased(connection: Connection, row: MigrationLockRow): MigrationLock {
  const release = async () => {
    await row.release();
    connection.destroy();
  };
  return { demand: () => row.demand(), release };
}

function tellOfHolder(holder: string): void {
  logger.log({ holder }, `Another process (${holder}) migrates the database; waiting for it.`);
}

interface Got extends RowDataPacket {
  readonly got: number | null;
}

async function lockNode(connection: Connection, address: MysqlAddress): Promise<void> {
  const sql = 'SELECT GET_LOCK(?, ?) AS got';
  const [rows] = await connection
    .query<Got[]>(sql, [lockNameOf(address), WAIT_SECONDS])
    .catch((error: unknown): [{ readonly got: number }[]] => {
      // Percona XtraDB Cluster refuses such locks (pxc_strict_mode), for they are a node's own. Then the row decides alone.
      if (isNotOffered(error)) return [[{ got: 1 }]];
      throw error;
    });
  if (rows[0]?.got === 1) return;
  throw new DatabaseUnusable(
    `Another process has held the migration lock for ${WAIT_SECONDS} seconds. Check that process and start again.`,
  );
}
