/** The server chose this statement to end a deadlock, or let it wait for a lock too long; it has undone all of it. */
const UNDONE = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT', 'PROTOCOL_PACKETS_OUT_OF_ORDER'],
  ...['ER_SERVER_SHUTDOWN', 'ER_NORMAL_SHUTDOWN', 'ER_CONNECTION_KILLED', 'ER_QUERY_INTERRUPTED'],
  ...['ER_CON_COUNT_ERROR', 'ER_USER_LIMIT_REACHED', 'ER_TOO_MANY_USER_CONNECTIONS'],
  ...['ER_OPTION_PREVENTS_STATEMENT', 'ER_READ_ONLY_MODE', 'SQLITE_BUSY'],
]);

// These have no code of their own.
const AWAY_TEXTS = /^(Pool is closed\.|Can't add new command when connection is in closed state)/;

/** What a driver tells of a failure, also where TypeORM has wrapped it. */
interface DriverFailure {
  readonly code?: string;
  readonly message?: string;
  readonly driverError?: DriverFailure;
}

/** The driver's code for a failure; empty where it has none. */
export function driverCodeOf(error: unknown): string {
  const { code, driverError } = (error ?? {}) as DriverFailure;
  return driverError?.code ?? code ?? '';
}

/** Whether the database has undone the statement because of others that ran at once: it may be given again as it is. */
export function wasUndone(error: unknown): boolean {
  return UNDONE.has(driverCodeOf(error));
}

/** Whether the database was not there to answer, or not able to: no fault of the statement. */
export function isAway(error: unknown): boolean {
  const { message = '', driverError } = (error ?? {}) as DriverFailure;
  return AWAY.has(driverCodeOf(error)) || AWAY_TEXTS.test(driverError?.message ?? message);
}

/** Whether a statement has run out of its time, with the server perhaps still at it. */
export function isOverdue(error: unknown): boolean {
  return driverCodeOf(error) === 'PROTOCOL_SEQUENCE_TIMEOUT';
}
