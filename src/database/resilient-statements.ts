import { DataSource, QueryRunner } from 'typeorm';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { driverCodeOf, isOverdue, isUnusable, wasUndone } from './database-failures.js';

const MOST_TRIES = 4;

interface Destroyable {
  destroy(): void;
}

/** TypeORM asks the runner for the connection that it has taken from the pool. */
async function endConnectionOf(runner: QueryRunner): Promise<void> {
  const connection = (await runner.connect()) as Destroyable;
  connection.destroy();
}

/**
 * Every statement is a write or a read of its own, so one that the database has undone for the sake of others is given
 * again. What was caught by a database that is away is refused and not repeated: nobody can tell whether it was done.
 */
async function resilient<T>(runner: QueryRunner, run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (wasUndone(error) && tries < MOST_TRIES && !runner.isTransactionActive) continue;
      if (!isUnusable(error) && !wasUndone(error)) throw error;
      // Whoever got this connection next would wait behind the statement that it is still busy with.
      if (isOverdue(error)) await endConnectionOf(runner);
      throw new ServiceUnavailable({ detail: driverCodeOf(error), cause: error });
    }
  }
}

/**
 * Makes the statements of a data source resilient to deadlocks, and turns what fails because the database is away into
 * {@link ServiceUnavailable}. To be called before it is used.
 */
export function makeResilient(dataSource: DataSource): DataSource {
  const { driver } = dataSource;
  const createQueryRunner = driver.createQueryRunner.bind(driver);
  // SQLite hands out the same runner again and again: made resilient each time it would call itself ever deeper.
  const known = new WeakSet<QueryRunner>();
  driver.createQueryRunner = (mode) => {
    const runner = createQueryRunner(mode);
    if (known.has(runner)) return runner;
    known.add(runner);
    const query = runner.query.bind(runner);
    runner.query = (...statement: Parameters<typeof query>) => resilient(runner, () => query(...statement));
    return runner;
  };
  return dataSource;
}
