import mysql, { Pool, PoolConnection, PoolOptions } from 'mysql2';

const LOCK_WAIT_SECONDS = 3;
/** Longer lists are cut without an error; MySQL's own limit is 1,024. */
const LONGEST_LIST_BYTES = 1024 * 1024;

/** Without this the driver makes a function of the names of the columns, for each statement that is new to it. */
export const NO_CODE = { disableEval: true };

/**
 * What we rely on is set by us, whatever the server's defaults are: values that do not fit are refused and never cut, lists are whole,
 * moments are UTC, every statement is its own transaction and sees what is committed when it begins. The SQL mode is
 * given whole also because the driver escapes values for a server that reads backslashes.
 */
const SESSION = [
  `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
   time_zone = '+00:00', autocommit = 1, innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS},
   group_concat_max_len = ${LONGEST_LIST_BYTES}`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** Queued before the first statement of whoever asked for the connection. One that can't be set up is of no use. */
function setUp(connection: PoolConnection): void {
  for (const statement of SESSION) {
    connection.query(statement, (error) => {
      if (error) connection.destroy();
    });
  }
}

/** The driver as TypeORM gets it: every connection of its pools is set up by us before its first use. */
export const mysqlDriver = {
  createPool(options: PoolOptions): Pool {
    const pool = mysql.createPool({ ...options, ...NO_CODE });
    pool.on('connection', setUp);
    return pool;
  },
};
