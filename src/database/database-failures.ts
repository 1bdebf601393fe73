/**
 * Error numbers of MariaDB and MySQL. Errors are recognised by number, because the driver only knows MySQL's names, and has
 * none for some numbers of MariaDB.
 */
const SERVER_ERRORS = {
  /**
   * The server rolled the statement back: to end a deadlock, after waiting too long for a lock or for the writes of other
   * nodes, or because of a conflict with another node. Or it never ran it, because a table was altered under it.
   */
  undone: [1020, 1205, 1213, 3101, 1412, 1615],
  away: [
    // Shutdown, killed, time limit exceeded, connection lost.
    ...[1053, 1077, 1152, 1158, 1159, 1160, 1161, 1184, 1317, 1927, 1969, 3024, 3168, 3169, 4031],
    // A Galera node that is not ready or has no quorum. A COMMIT that failed, or whose outcome the node can't know.
    ...[1047, 1180],
    // A rejection by group replication; a member that is not online, or waits too long for the writes of others.
    ...[3100, 3781, 3782, 3783, 3796, 3797, 3798, 3799],
    // A proxy that has no server, or has lost it, tells it by numbers of clients, and ProxySQL by one of its own.
    ...[2002, 2003, 2006, 2013, 9001],
    // Read-only.
    ...[1036, 1290, 1792, 1836, 1874, 1881, 3032],
    // Disk full, or an error of the file system or the storage engine.
    ...[3, 1016, 1021, 1023, 1024, 1026, 1030, 1114, 1878],
    // Out of memory, locks, threads or connections.
    ...[1037, 1038, 1040, 1041, 1135, 1203, 1206, 1226],
  ],
  /** Of these: the server answers, but is read-only, or has no room on its disk. */
  withoutWrites: [3, 1021, 1026, 1036, 1114, 1290, 1792, 1836, 1874],
  /** The server refuses the connection: because of the host, the user, the password or the database. */
  refusing: [1044, 1045, 1049, 1129, 1130, 1698, 1820, 1862],
  /** The server has no such statement or function, or its mode forbids it (ER_UNKNOWN_ERROR, ER_NOT_SUPPORTED_YET). */
  notOffered: [1105, 1235, 1305],
  /** The user lacks a right on the database, a table, a column or a routine, or one on the whole server. */
  forbidding: [1044, 1142, 1143, 1227, 1370],
};
const UNDONE = new Set(SERVER_ERRORS.undone);
const AWAY = new Set(SERVER_ERRORS.away);
const WITHOUT_WRITES = new Set(SERVER_ERRORS.withoutWrites);
const REFUSING = new Set(SERVER_ERRORS.refusing);
const NOT_OFFERED = new Set(SERVER_ERRORS.notOffered);
const FORBIDDING = new Set(SERVER_ERRORS.forbidding);

const AWAY_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT', 'PROTOCOL_PACKETS_OUT_OF_ORDER'],
]);

// These match their extended codes too (SQLite, "Result and Error Codes").
const AWAY_SQLITE = /^SQLITE_(BUSY|CANTOPEN|FULL|IOERR|LOCKED|NOMEM|PROTOCOL|READONLY)(_|$)/;

const SQLITE_WITHOUT_WRITES = /^SQLITE_(FULL|READONLY|IOERR_WRITE)(_|$)/;

// These errors have no code.
const AWAY_TEXTS =
  /^(Pool is closed\.|No connections available\.|Queue limit reached\.|Can't (add new command when connection is|write) in closed state|The database connection is not open)/;

/** An error of a driver, or TypeORM's wrapper around one. */
interface DriverFailure {
  readonly code?: string;
  readonly errno?: number;
  readonly message?: string;
  /** Whether the error ended the connection. */
  readonly fatal?: boolean;
  readonly driverError?: DriverFailure;
}

function failureOf(error: unknown): DriverFailure {
  const failure = (error ?? {}) as DriverFailure;
  return failure.driverError ?? failure;
}

const isOneOf = (numbers: ReadonlySet<number>, { errno }: DriverFailure) => errno !== undefined && numbers.has(errno);

/** The driver's error code, else the server's error number, else the empty text. */
export function driverCodeOf(error: unknown): string {
  const { code, errno } = failureOf(error);
  return code ?? errno?.toString() ?? '';
}

/** Whether the database rolled the statement back because of concurrent ones: it may be repeated as it is. */
export function wasUndone(error: unknown): boolean {
  return isOneOf(UNDONE, failureOf(error));
}

/** Whether the database could not be reached or could not answer, through no fault of the statement. */
export function isAway(error: unknown): boolean {
  const failure = failureOf(error);
  const { code = '', message = '' } = failure;
  return isOneOf(AWAY, failure) || AWAY_CODES.has(code) || AWAY_SQLITE.test(code) || AWAY_TEXTS.test(message);
}

/** Whether the database answers but takes no writes: it is full or read-only. */
export function takesNoWrites(error: unknown): boolean {
  const failure = failureOf(error);
  return isOneOf(WITHOUT_WRITES, failure) || SQLITE_WITHOUT_WRITES.test(failure.code ?? '');
}

/** Whether the server does not offer what a statement asks for. */
export function isNotOffered(error: unknown): boolean {
  return isOneOf(NOT_OFFERED, failureOf(error));
}

/** Whether the user of the database lacks a right that a statement needs. */
export function lacksRights(error: unknown): boolean {
  return isOneOf(FORBIDDING, failureOf(error));
}

/** Whether the database cannot be used at the moment: it is away, or refuses the connection. */
export function isUnusable(error: unknown): boolean {
  const failure = failureOf(error);
  return isAway(error) || isOneOf(REFUSING, failure) || failure.fatal === true;
}

/** Whether a statement timed out; the server may still be running it. */
export function isOverdue(error: unknown): boolean {
  return failureOf(error).code === 'PROTOCOL_SEQUENCE_TIMEOUT';
}
