import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, QueryRunner } from 'typeorm';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { driverCodeOf, isOverdue, isUnusable, takesNoWrites, wasUndone } from './database-failures.js';
import { changeEachRunner } from './each-runner.js';
import { LockedFile } from './locked-file.js';

const MOST_TRIES = 6;
/** The first pause between two tries, in milliseconds; each further one is up to twice as long. */
const FIRST_PAUSE_MS = 4;
/** After this time no try begins: waiting for a lock takes seconds, and somebody waits for the answer. */
const LONGEST_TRYING_MS = 10_000;

interface Destroyable {
  destroy(): void;
}

/** `connect` returns the connection that the runner has taken from the pool. */
async function endConnectionOf(runner: QueryRunner): Promise<void> {
  const connection = (await runner.connect()) as Destroyable;
  connection.destroy();
}

/**
 * Repeats something while it fails in a way that leaves nothing behind, a few times within seconds. The pauses grow and are
 * random, so that those who got in each other's way do not meet again.
 *
 * @param mayRepeat whether an error is such a failure
 * @throws the last error
 */
export async function repeatWhile<T>(mayRepeat: (error: unknown) => boolean, run: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + LONGEST_TRYING_MS;
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!mayRepeat(error) || tries >= MOST_TRIES || performance.now() >= giveUpAt) throw error;
      await pause(Math.random() * FIRST_PAUSE_MS * 2 ** (tries - 1));
    }
  }
}

/**
 * Repeats a statement that the database rolled back because of concurrent ones, which is safe because every statement is
 * independent. If the database went away, the statement is not repeated: it may already have been executed.
 */
async function resilient<T>(runner: QueryRunner, run: () => Promise<T>): Promise<T> {
  try {
    return await repeatWhile((error) => wasUndone(error) && !runner.isTransactionActive, run);
  } catch (error) {
    if (!isUnusable(error) && !wasUndone(error)) throw error;
    // The server may still be running the statement; the next user of this connection would wait behind it.
    if (isOverdue(error)) await endConnectionOf(runner);
    throw new ServiceUnavailable({ detail: driverCodeOf(error), cause: error, isWritable: !takesNoWrites(error) });
  }
}

/**
 * Makes the statements of a data source resilient to deadlocks and to a locked SQLite file, and turns failures of an absent database into
 * {@link ServiceUnavailable}. Call it before the data source is used.
 *
 * @param file what waits while the SQLite file is locked
 */
export function makeResilient(dataSource: DataSource, file = new LockedFile()): DataSource {
  changeEachRunner(dataSource, (runner) => {
    const query = runner.query.bind(runner);
    // A statement inside a transaction can't be repeated alone: its snapshot of the file stays the old one.
    const run = (...statement: Parameters<typeof query>) =>
      runner.isTransactionActive ? query(...statement) : file.run(() => query(...statement));
    runner.query = (...statement: Parameters<typeof query>) => resilient(runner, () => run(...statement));
  });
  return dataSource;
}
