import { DataSource, QueryFailedError, QueryResult, QueryRunner } from 'typeorm';
import { isBesideRequests } from '../common/persistence/beside-requests.js';
import { changeEachRunner } from './each-runner.js';
import { ReadingThread } from './reading-thread.js';

/** A database in memory has no second connection. */
const IN_MEMORY = ':memory:';

/**
 * Lets the statements of a data source that are marked with `BESIDE_REQUESTS` run in a {@link ReadingThread}, which ends with the data
 * source. With a database server nothing changes: its statements hold nobody up. Call it before the data source is used.
 */
export function readBesideRequests(dataSource: DataSource): DataSource {
  const { driver, options } = dataSource;
  if (options.type !== 'better-sqlite3' || options.database === IN_MEMORY) return dataSource;
  const thread = new ReadingThread(options.database);
  changeEachRunner(dataSource, (runner) => divert(runner, thread));
  const disconnect = driver.disconnect.bind(driver);
  driver.disconnect = async () => {
    await thread.close();
    await disconnect();
  };
  return dataSource;
}

type Query = (sql: string, parameters?: unknown[], isStructured?: boolean) => Promise<unknown>;

function divert(runner: QueryRunner, thread: ReadingThread): void {
  const query = runner.query.bind(runner) as Query;
  const diverted: Query = async (sql, parameters, isStructured) => {
    // A transaction sees its own writes only on its own connection.
    if (!isBesideRequests(sql) || runner.isTransactionActive) return query(sql, parameters, isStructured);
    // As TypeORM does: SQLite has no booleans.
    const bound = (parameters ?? []).map((value) => (typeof value === 'boolean' ? Number(value) : value));
    runner.connection.logger.logQuery(sql, bound, runner);
    const rows = await thread.read(sql, bound).catch((error: unknown) => {
      throw isOfDriver(error) ? new QueryFailedError(sql, bound, error) : error;
    });
    return isStructured ? Object.assign(new QueryResult(), { raw: rows, records: rows }) : rows;
  };
  runner.query = diverted as QueryRunner['query'];
}

function isOfDriver(error: unknown): error is Error & { code: string } {
  return (error as { code?: unknown }).code?.toString().startsWith('SQLITE_') ?? false;
}
