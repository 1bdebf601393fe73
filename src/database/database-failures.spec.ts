import { describe, expect, it } from '@jest/globals';
import { DataSource, QueryFailedError, QueryRunner } from 'typeorm';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { isAway } from './database-failures.js';
import { LockedFile } from './locked-file.js';
import { makeResilient } from './resilient-statements.js';

/** An error as mysql2 makes it from a server error: `code` is its name for the number, if it knows one. */
const sent = (errno: number, code?: string) => Object.assign(new Error(`#${errno}`), { errno, code });
/** An error as better-sqlite3 makes it. */
const ofSqlite = (code: string) => Object.assign(new Error('a failure'), { code });

const SENT: readonly [what: string, errno: number, code?: string][] = [
  ['a Galera node that is not ready, or without a quorum', 1047, 'ER_UNKNOWN_COM_ERROR'],
  ['an error during COMMIT', 1180, 'ER_ERROR_DURING_COMMIT'],
  ['a refusal by a hook of replication', 3100, 'ER_RUN_HOOK_ERROR'],
  ['a certification that was lost', 3101, 'ER_TRANSACTION_ROLLBACK_DURING_COMMIT'],
  ['a member of a group that is not online', 3796, 'ER_GRP_TRX_CONSISTENCY_NOT_ALLOWED'],
  ['a group whose writes were waited for too long', 3797, 'ER_GRP_TRX_CONSISTENCY_BEFORE'],
  ['a new primary that was waited for too long', 3781, 'ER_GR_HOLD_WAIT_TIMEOUT'],
  ['a proxy that has lost its server', 2013],
  ['a proxy that finds no server', 9001],
  ['a table that was altered meanwhile', 1412, 'ER_TABLE_DEF_CHANGED'],
  ['a statement to be prepared again', 1615, 'ER_NEED_REPREPARE'],
  ['a lock that was waited for too long', 1205, 'ER_LOCK_WAIT_TIMEOUT'],
  ['a deadlock', 1213, 'ER_LOCK_DEADLOCK'],
  ['a row that another changed', 1020, 'ER_CHECKREAD'],
  ['read_only', 1290, 'ER_OPTION_PREVENTS_STATEMENT'],
  ['a server in read-only mode', 1836, 'ER_READ_ONLY_MODE'],
  ['a read-only transaction', 1792, 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'],
  ['a table that was opened to be read only', 1036, 'ER_OPEN_AS_READONLY'],
  ['InnoDB in read-only mode', 1874, 'ER_INNODB_READ_ONLY'],
  ['InnoDB in forced recovery', 1881, 'ER_INNODB_FORCED_RECOVERY'],
  ['a server in offline mode', 3032, 'ER_SERVER_OFFLINE_MODE'],
  ['a file that could not be written, such as with 28', 3, 'EE_WRITE'],
  ['a file that could not be opened', 1016, 'ER_CANT_OPEN_FILE'],
  ['a file that could not be read', 1024, 'ER_ERROR_ON_READ'],
  ['a full disk', 1021, 'ER_DISK_FULL'],
  ['a full table', 1114, 'ER_RECORD_FILE_FULL'],
  ['a file that could not be written', 1026, 'ER_ERROR_ON_WRITE'],
  ['an error of the storage engine, such as 28', 1030, 'ER_GET_ERRNO'],
  ['memory that has run out', 1041, 'ER_OUT_OF_RESOURCES'],
  ['memory that has run out for a statement', 1037, 'ER_OUTOFMEMORY'],
  ['memory that has run out for sorting', 1038, 'ER_OUT_OF_SORTMEMORY'],
  ['locks that have run out', 1206, 'ER_LOCK_TABLE_FULL'],
  ['threads that have run out', 1135, 'ER_CANT_CREATE_THREAD'],
  ['too many connections', 1040, 'ER_CON_COUNT_ERROR'],
  ['a shutdown', 1053, 'ER_SERVER_SHUTDOWN'],
  ['a killed connection, by MariaDB', 1927],
  ['a statement that took too long, by MariaDB', 1969],
  ['a statement that took too long, by MySQL', 3024, 'ER_QUERY_TIMEOUT'],
  ['a server that is not available', 3168, 'ER_SERVER_ISNT_AVAILABLE'],
  ['a killed session', 3169, 'ER_SESSION_WAS_KILLED'],
  ['a connection that was idle too long', 4031, 'ER_CLIENT_INTERACTION_TIMEOUT'],
  ['an answer that did not arrive', 1159, 'ER_NET_READ_INTERRUPTED'],
  ['a password that was changed meanwhile', 1045, 'ER_ACCESS_DENIED_ERROR'],
  ['a host that is blocked', 1129, 'ER_HOST_IS_BLOCKED'],
];

const WITHOUT_CODE: readonly [what: string, error: Error][] = [
  ['a pool that is closed', new Error('Pool is closed.')],
  ['a pool without a free connection', new Error('No connections available.')],
  ['a pool whose queue is full', new Error('Queue limit reached.')],
  ['a closed connection, asked', new Error("Can't add new command when connection is in closed state")],
  ['a closed connection, written to', new Error("Can't write in closed state")],
  ['whatever ends a connection', Object.assign(new Error('Unexpected packet'), { fatal: true })],
  ['a SQLite file that is closed', new TypeError('The database connection is not open')],
];

const OF_SQLITE = [
  ...['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_SHMMAP', 'SQLITE_BUSY'],
  ...['SQLITE_BUSY_SNAPSHOT', 'SQLITE_BUSY_RECOVERY', 'SQLITE_LOCKED', 'SQLITE_READONLY', 'SQLITE_READONLY_DBMOVED'],
  ...['SQLITE_READONLY_DIRECTORY', 'SQLITE_CANTOPEN', 'SQLITE_CANTOPEN_ISDIR', 'SQLITE_NOMEM', 'SQLITE_PROTOCOL'],
];

const OURS: readonly [what: string, error: Error][] = [
  ['a statement with an error', sent(1064, 'ER_PARSE_ERROR')],
  ['a value that is taken', sent(1062, 'ER_DUP_ENTRY')],
  ['a value that is too long', sent(1406, 'ER_DATA_TOO_LONG')],
  ['a foreign key', sent(1452, 'ER_NO_REFERENCED_ROW_2')],
  ['a table that is missing', ofSqlite('SQLITE_ERROR')],
  ['a value that is taken, in SQLite', ofSqlite('SQLITE_CONSTRAINT_UNIQUE')],
  ['a fault of the program', new TypeError('x is not a function')],
];

/** A data source whose statements all fail with the same error. */
function failing(error: Error): DataSource {
  const runner = { isTransactionActive: false, connect: () => Promise.resolve({ destroy: () => undefined }) };
  const query = () => Promise.reject(new QueryFailedError('SELECT 1', [], error));
  const driver = { createQueryRunner: () => ({ ...runner, query }) as unknown as QueryRunner };
  return makeResilient({ driver } as unknown as DataSource, new LockedFile(0));
}

const outcomeOf = (error: Error): Promise<unknown> =>
  failing(error)
    .driver.createQueryRunner('master')
    .query('SELECT 1')
    .catch((failure: unknown) => failure);

describe('A statement that fails because of the database', () => {
  it.each(SENT.map(([what, errno, code]) => ({ what, errno, code })))(
    'is answered with SERVICE_UNAVAILABLE: $what ($errno)',
    async ({ errno, code }) => {
      expect(await outcomeOf(sent(errno, code))).toBeInstanceOf(ServiceUnavailable);
      // A driver may know no name for the number, or another server's name.
      expect(await outcomeOf(sent(errno))).toBeInstanceOf(ServiceUnavailable);
    },
  );

  it.each([...WITHOUT_CODE])('is answered so where the driver gives no code: %s', async (_what, error) => {
    expect(await outcomeOf(error)).toBeInstanceOf(ServiceUnavailable);
  });

  it.each(OF_SQLITE)('is answered so: %s', async (code) => {
    expect(await outcomeOf(ofSqlite(code))).toBeInstanceOf(ServiceUnavailable);
  });

  it.each([...OURS])('is not mistaken for one that we are to blame for: %s', async (_what, error) => {
    expect(await outcomeOf(error)).toBeInstanceOf(QueryFailedError);
  });
});

describe('The message of SERVICE_UNAVAILABLE', () => {
  const messageFor = async (error: Error) => ((await outcomeOf(error)) as Error).message;

  it.each([
    ...[3, 1021, 1026, 1036, 1114, 1290, 1792, 1836, 1874].map((errno) => sent(errno)),
    ...['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_READONLY_DBMOVED', 'SQLITE_IOERR_WRITE'].map(ofSqlite),
  ])('says of a full or read-only database that it takes no writes (%#)', async (error) => {
    expect(await messageFor(error)).toMatch(/^The database takes no writes at the moment: it is full or read-only\./);
  });

  it.each([
    sent(1040),
    sent(1205),
    ofSqlite('SQLITE_BUSY'),
    ofSqlite('SQLITE_CANTOPEN'),
    ofSqlite('SQLITE_IOERR_READ'),
  ])('says of any other that it does not answer (%#)', async (error) => {
    expect(await messageFor(error)).toMatch(/^The database does not answer at the moment\./);
  });
});

describe(isAway, () => {
  it.each([
    sent(1045, 'ER_ACCESS_DENIED_ERROR'),
    sent(1049, 'ER_BAD_DB_ERROR'),
    Object.assign(new Error('no TLS'), { code: 'HANDSHAKE_NO_SSL_SUPPORT', fatal: true }),
  ])('is not said of a server that refuses us: a start does not wait for it (%#)', (error) => {
    expect(isAway(error)).toBe(false);
  });
});
