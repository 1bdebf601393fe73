import { DataSource, QueryFailedError, QueryResult, QueryRunner } from 'typeorm';
import { isBesideRequests, isWriteBesideRequests } from '../common/persistence/beside-requests.js';
import { changeEachRunner } from './each-runner.js';
import { ReadingThread } from './reading-thread.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { WritingThread } from './writing-thread.js';

/** A database in memory has no second connection. */
const IN_MEMORY = ':memory:';
/** Each write brings a few pages into the log. */
const WRITES_PER_CHECKPOINT = 300;
/** A connection brings the log into the file by itself when it has so many pages, four times as many as by default. */
const PAGES_UNTIL_OWN_CHECKPOINT = 4_000;
const IS_WRITE = /^\s*(?:\/\*.*?\*\/\s*)*(?:INSERT|UPDATE|DELETE)\b/i;

/**
 * Lets the statements of a data source that are marked with `BESIDE_REQUESTS` run in a {@link ReadingThread}, and those marked with
 * `WRITE_BESIDE_REQUESTS` in a {@link WritingThread}; both end with the data source. That thread also brings the log into the file, after
 * some hundreds of writes, which can take as long. With a database server nothing changes: its statements hold nobody up. Call it
 * before the data source is used.
 */
export function runBesideRequests(dataSource: DataSource): DataSource {
  const { driver, options } = dataSource;
  if (options.type !== 'better-sqlite3' || options.database === IN_MEMORY) return dataSource;
  const threads: Threads = {
    reading: new ReadingThread(options.database),
    writing: new WritingThread(options.database),
  };
  changeEachRunner(dataSource, (runner) => divert(runner, threads));
  const connect = driver.connect.bind(driver);
  driver.connect = async () => {
    await connect();
    const { databaseConnection } = driver as unknown as { databaseConnection: SqliteConnection };
    databaseConnection.pragma(`wal_autocheckpoint = ${PAGES_UNTIL_OWN_CHECKPOINT}`);
  };
  const disconnect = driver.disconnect.bind(driver);
  driver.disconnect = async () => {
    await Promise.all([threads.reading.close(), threads.writing.close()]);
    await disconnect();
  };
  return dataSource;
}

interface Threads {
  readonly reading: ReadingThread;
  readonly writing: WritingThread;
}

type Query = (sql: string, parameters?: unknown[], isStructured?: boolean) => Promise<unknown>;

function divert(runner: QueryRunner, { reading, writing }: Threads): void {
  const query = runner.query.bind(runner) as Query;
  let writes = 0;
  const noteWrite = () => {
    if (++writes < WRITES_PER_CHECKPOINT) return;
    writes = 0;
    // The connection's own checkpoint remains.
    writing.checkpoint().catch(() => undefined);
  };
  const diverted: Query = async (sql, parameters, isStructured) => {
    const isWrite = isWriteBesideRequests(sql);
    // A transaction sees its own writes only on its own connection.
    if ((!isWrite && !isBesideRequests(sql)) || runner.isTransactionActive) {
      if (IS_WRITE.test(sql)) noteWrite();
      return query(sql, parameters, isStructured);
    }
    // As TypeORM does: SQLite has no booleans.
    const bound = (parameters ?? []).map((value) => (typeof value === 'boolean' ? Number(value) : value));
    runner.connection.logger.logQuery(sql, bound, runner);
    const result = await (isWrite ? written(writing, sql, bound) : read(reading, sql, bound)).catch(
      (error: unknown) => {
        throw isOfDriver(error) ? new QueryFailedError(sql, bound, error) : error;
      },
    );
    return isStructured ? result : (result.raw as unknown);
  };
  runner.query = diverted as QueryRunner['query'];
}

async function read(thread: ReadingThread, sql: string, parameters: readonly unknown[]): Promise<QueryResult> {
  const rows = await thread.read(sql, parameters);
  return Object.assign(new QueryResult(), { raw: rows, records: rows });
}

async function written(thread: WritingThread, sql: string, parameters: readonly unknown[]): Promise<QueryResult> {
  const affected = await thread.write(sql, parameters);
  return Object.assign(new QueryResult(), { raw: affected, affected });
}

function isOfDriver(error: unknown): error is Error & { code: string } {
  return (error as { code?: unknown }).code?.toString().startsWith('SQLITE_') ?? false;
}
