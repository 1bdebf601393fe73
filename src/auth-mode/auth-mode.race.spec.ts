import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { Worker } from 'node:worker_threads';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { newId } from '../common/ids.js';

const ROUNDS = 200;

// Runs in a thread with a connection of its own, so that both writes are truly under way at once.
const INSERTER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require('better-sqlite3');
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
const INSERT = `
  INSERT INTO users (id, mode, username, folded_name, is_admin, is_disabled, security_stamp, created_at, updated_at)
  VALUES (?, 'DATABASE', ?, ?, FALSE, FALSE, ?, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')`;
const SWITCH = "UPDATE settings SET auth_mode = 'OIDC' WHERE id = 1 AND auth_mode = 'DATABASE'";

describe('The auth mode', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openDatabase()));
  afterEach(() => database.close());

  it(`is switched, or a user of the old mode is inserted, but never both: ${ROUNDS} races of two connections`, async () => {
    const file = database.environment.databaseFile;
    const ours = new Database(file, { timeout: 10_000 });
    ours.pragma('foreign_keys = ON');
    const worker = new Worker(INSERTER, { eval: true, workerData: { file, sql: INSERT } });
    const answer = () => new Promise<unknown>((resolve) => worker.once('message', resolve));
    const outcomes: { switched: boolean; inserted: unknown }[] = [];

    for (let round = 0; round < ROUNDS; round++) {
      const [id, start, inserted] = [newId(), new SharedArrayBuffer(4), answer()];
      // The worker wakes while we are on our way to the same file, a little later in each of twenty rounds.
      worker.postMessage({ id, start, delay: (round % 20) * 4000 });
      Atomics.store(new Int32Array(start), 0, 1);
      Atomics.notify(new Int32Array(start), 0);
      outcomes.push({ switched: switched(ours), inserted: await inserted });
      ours.exec("DELETE FROM users WHERE mode = 'DATABASE'; UPDATE settings SET auth_mode = 'DATABASE'");
    }
    await worker.terminate();
    ours.close();

    expect(outcomes.filter(({ switched, inserted }) => switched === inserted || typeof inserted !== 'boolean')).toEqual(
      [],
    );
  });
});

function switched(database: Database.Database): boolean {
  try {
    return database.prepare(SWITCH).run().changes === 1;
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('SQLITE_CONSTRAINT')) return false;
    throw error;
  }
}
