/**
 * Numbers of MariaDB and MySQL. The driver's names are MySQL's, and there is none for some numbers of MariaDB: so it is
 * numbers that decide.
 */
const SERVER_ERRORS = {
  /**
   * The server chose this statement to end a deadlock, let it wait for a lock too long, or lost it to one of another
   * node; it has undone all of it.
   */
  undone: [1020, 1205, 1213, 3101],
  away: [
    // Shutting down, killed, too long under way, lost on the way.
    ...[1053, 1077, 1152, 1158, 1159, 1160, 1161, 1184, 1317, 1927, 1969, 3024, 3168, 3169, 4031],
    // A node of Galera that is not ready or has no quorum; a COMMIT that failed; a refusal by group replication.
    ...[1047, 1180, 3100],
    // Read-only.
    ...[1036, 1290, 1792, 1836],
    // The disk is full, or an error of the file system or the storage engine.
    ...[1021, 1023, 1026, 1030, 1114, 1878],
    // Memory, locks, threads or connections have run out.
    ...[1037, 1038, 1040, 1041, 1135, 1203, 1206, 1226],
  ],
  /** It lets us in no longer: the host, the user, the password or the database. */
  refusing: [1044, 1045, 1049, 1129, 1130, 1698, 1820, 1862],
};
const UNDONE = new Set(SERVER_ERRORS.undone);
const AWAY = new Set(SERVER_ERRORS.away);
const REFUSING = new Set(SERVER_ERRORS.refusing);

const AWAY_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT', 'PROTOCOL_PACKETS_OUT_OF_ORDER'],
]);

// With all their extended codes (SQLite, "Result and Error Codes").
const AWAY_SQLITE = /^SQLITE_(BUSY|CANTOPEN|FULL|IOERR|LOCKED|NOMEM|PROTOCOL|READONLY)(_|$)/;

// These have no code of their own.
const AWAY_TEXTS =
  /^(Pool is closed\.|No connections available\.|Queue limit reached\.|Can't (add new command when connection is|write) in closed state|The database connection is not open)/;

/** What a driver tells of a failure, also where TypeORM has wrapped it. */
interface DriverFailure {
  readonly code?: string;
  readonly errno?: number;
  readonly message?: string;
  /** Whether the connection has ended with it. */
  readonly fatal?: boolean;
  readonly driverError?: DriverFailure;
}

function failureOf(error: unknown): DriverFailure {
  const failure = (error ?? {}) as DriverFailure;
  return failure.driverError ?? failure;
}

const isOneOf = (numbers: ReadonlySet<number>, { errno }: DriverFailure) => errno !== undefined && numbers.has(errno);

/** The driver's code for a failure, or the server's number where it has none; empty where there is neither. */
export function driverCodeOf(error: unknown): string {
  const { code, errno } = failureOf(error);
  return code ?? errno?.toString() ?? '';
}

/** Whether the database has undone the statement because of others that ran at once: it may be given again as it is. */
export function wasUndone(error: unknown): boolean {
  return isOneOf(UNDONE, failureOf(error));
}

/** Whether the database was not there to answer, or not able to: no fault of the statement. */
export function isAway(error: unknown): boolean {
  const failure = failureOf(error);
  const { code = '', message = '' } = failure;
  return isOneOf(AWAY, failure) || AWAY_CODES.has(code) || AWAY_SQLITE.test(code) || AWAY_TEXTS.test(message);
}

/** Whether the database is unusable at the moment: it is away, or refuses the connection. */
export function isUnusable(error: unknown): boolean {
  const failure = failureOf(error);
  return isAway(error) || isOneOf(REFUSING, failure) || failure.fatal === true;
}

/** Whether a statement has run out of its time, with the server perhaps still at it. */
export function isOverdue(error: unknown): boolean {
  return failureOf(error).code === 'PROTOCOL_SEQUENCE_TIMEOUT';
}
