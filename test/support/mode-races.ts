import type Database from 'better-sqlite3';
import { createConnection, Connection } from 'mysql2/promise';
import { Worker } from 'node:worker_threads';
import { newId } from '../../src/common/persistence/ids.js';
import { DatabaseAddress, MysqlAddress } from '../../src/config/database-address.js';
import { mysqlConnectionOf } from '../../src/database/data-source-options.js';
import { driverPackageFor, sqliteDriver } from '../../src/database/sqlite-driver.js';
import { written } from './racing-writes.js';

/** The outcome of a race between a switch of the auth mode and a new user; unexpected errors are shown as they are. */
export interface RaceOutcome {
  readonly switched: unknown;
  readonly inserted: unknown;
}

/** Races of two connections, directly on the database; each race restores the database. */
export interface ModeRaces {
  run(round: number): Promise<RaceOutcome>;
  end(): Promise<void>;
}

const INSERT = `
  INSERT INTO users (id, mode, username, folded_name, is_admin, is_disabled, security_stamp, created_at, updated_at)
  VALUES (?, 'DATABASE', ?, ?, FALSE, FALSE, ?, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')`;
const SWITCH = "UPDATE settings SET auth_mode = 'OIDC' WHERE id = 1 AND auth_mode = 'DATABASE'";
const RESET = ["DELETE FROM users WHERE mode = 'DATABASE'", "UPDATE settings SET auth_mode = 'DATABASE'"];

/** Prepares races on a database. */
export function startModeRaces(database: DatabaseAddress): Promise<ModeRaces> {
  return database.engine === 'sqlite' ? Promise.resolve(inFile(database.file)) : onServer(database);
}

// Runs in a thread with its own connection, so that both writes really run at the same time.
const INSERTER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const database = new Database(workerData.file, { timeout: 10000 });
  database.pragma('foreign_keys = ON');
  const insert = database.prepare(workerData.sql);
  parentPort.on('message', ({ id, start, delay }) => {
    Atomics.wait(new Int32Array(start), 0, 0);
    for (let spin = 0; spin < delay; spin++) Math.sqrt(spin);
    try { insert.run(id, id, id, id); parentPort.postMessage(true); }
    catch (error) { parentPort.postMessage(error.code.startsWith('SQLITE_CONSTRAINT') ? false : error.code); }
  });
`;

function inFile(file: string): ModeRaces {
  const ours = new (sqliteDriver())(file, { timeout: 10_000 });
  ours.pragma('foreign_keys = ON');
  const worker = new Worker(INSERTER, {
    eval: true,
    workerData: { file, driver: driverPackageFor(process.versions.node), sql: INSERT },
  });
  const run = async (round: number) => {
    const [id, start] = [newId(), new SharedArrayBuffer(4)];
    const inserted = new Promise<unknown>((resolve) => worker.once('message', resolve));
    // The worker wakes while this thread starts its own write, a little later in each of twenty rounds.
    worker.postMessage({ id, start, delay: (round % 20) * 4000 });
    Atomics.store(new Int32Array(start), 0, 1);
    Atomics.notify(new Int32Array(start), 0);
    const outcome = { switched: switchedInFile(ours), inserted: await inserted };
    for (const statement of RESET) ours.exec(statement);
    return outcome;
  };
  const end = async () => {
    await worker.terminate();
    ours.close();
  };
  return { run, end };
}

function switchedInFile(database: Database.Database): unknown {
  try {
    return database.prepare(SWITCH).run().changes === 1;
  } catch (error) {
    const { code } = error as { code: string };
    return code.startsWith('SQLITE_CONSTRAINT') ? false : code;
  }
}

async function onServer(address: MysqlAddress): Promise<ModeRaces> {
  const connect = () => createConnection(mysqlConnectionOf(address));
  return modeRacesOf(await connect(), await connect());
}

/** Prepares races of two connections, which may be those of two nodes with one content. */
export function modeRacesOf(one: Connection, other: Connection): ModeRaces {
  const run = async (round: number) => {
    const id = newId();
    const insert = () => written(other, INSERT, [id, id, id, id]);
    const change = () => written(one, SWITCH);
    // The server has a thread for each connection; they take turns in getting their statement first.
    const [switched, inserted] =
      round % 2 === 0 ? await Promise.all([change(), insert()]) : (await Promise.all([insert(), change()])).reverse();
    for (const statement of RESET) await one.query(statement);
    return { switched, inserted };
  };
  const end = async () => {
    await one.end();
    await other.end();
  };
  return { run, end };
}
