import { DataSource, QueryRunner } from 'typeorm';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { driverCodeOf, isOverdue, isUnusable, takesNoWrites, wasUndone } from './database-failures.js';
import { changeEachRunner } from './each-runner.js';
import { LockedFile } from './locked-file.js';

const MOST_TRIES = 4;

interface Destroyable {
  destroy(): void;
}

/** `connect` returns the connection that the runner has taken from the pool. */
async function endConnectionOf(runner: QueryRunner): Promise<void> {
  const connection = (await runner.connect()) as Destroyable;
  connection.destroy();
}

/**
 * Repeats a statement that the database rolled back because of concurrent ones, which is safe because every statement is
 * independent. If the database went away, the statement is not repeated: it may already have been executed.
 */
async function resilient<T>(runner: QueryRunner, run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (wasUndone(error) && tries < MOST_TRIES && !runner.isTransactionActive) continue;
      if (!isUnusable(error) && !wasUndone(error)) throw error;
      // The server may still be running the statement; the next user of this connection would wait behind it.
      if (isOverdue(error)) await endConnectionOf(runner);
      throw new ServiceUnavailable({ detail: driverCodeOf(error), cause: error, isWritable: !takesNoWrites(error) });
    }
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
