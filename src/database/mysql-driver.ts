import mysql, { Pool, PoolConnection, PoolOptions } from 'mysql2';
import { makeCausal } from './mysql-cluster.js';
import { prepareReads } from './mysql-prepared.js';
import { noteCluster } from './noted-cluster.js';

const LOCK_WAIT_SECONDS = 3;
/** A statement that sets a connection up waits for nothing but the server. */
const SET_UP_MS = 5_000;
/** The limit of GROUP_CONCAT, which cuts longer lists without an error; MySQL's default is 1,024. */
const LONGEST_LIST_BYTES = 1024 * 1024;

/** Keeps the driver from generating code, a function per new statement, from column names. */
export const NO_CODE = { disableEval: true };

/**
 * The session settings that Mooring relies on, whatever the server's defaults are: values that do not fit are rejected and
 * never cut, lists are whole, times are UTC, and every statement is its own transaction, which sees what was committed when
 * it began. The SQL mode is complete also because the driver escapes values for a server that interprets backslashes.
 */
const SESSION = [
  `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
   time_zone = '+00:00', autocommit = 1, innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS},
   group_concat_max_len = ${LONGEST_LIST_BYTES}`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

interface Stream {
  destroy(error: unknown): void;
}

/**
 * Closes a connection and lets every statement that waits for it fail with the error. The driver's own `destroy` forgets them: who
 * has given one waits for ever, because its time limit begins when it is sent.
 */
function breakOff(connection: PoolConnection, error: unknown): void {
  (connection as unknown as { readonly stream: Stream }).stream.destroy(error);
}

/** Runs before the first statement of the connection's user. A connection that cannot be set up is closed. */
function setUp(connection: PoolConnection, pool: Pool): void {
  prepareReads(connection);
  const run = async (sql: string) => (await connection.promise().query({ sql, timeout: SET_UP_MS }))[0];
  const settings = SESSION.map(run);
  const cluster = makeCausal(run).then((found) => noteCluster(pool, found));
  Promise.all([...settings, cluster]).catch((error: unknown) => breakOff(connection, error));
}

/** The driver for TypeORM: it sets up every connection of a pool before its first use. */
export const mysqlDriver = {
  createPool(options: PoolOptions): Pool {
    const pool = mysql.createPool({ ...options, ...NO_CODE });
    pool.on('connection', (connection) => setUp(connection, pool));
    return pool;
  },
};
