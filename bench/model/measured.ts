import { readFile } from 'node:fs/promises';

/** What one operation takes, at a number of connections. */
export interface OperationCosts {
  /** CPU time of the replica, in microseconds. */
  readonly replicaMicros: number;
  /** CPU time of the database server, in microseconds. */
  readonly databaseMicros: number;
  /** Statements that were sent, of which so many write. */
  readonly statements: number;
  readonly writes: number;
  /** Bytes to the database server, from it, and in its redo log. */
  readonly bytesTo: number;
  readonly bytesFrom: number;
  readonly logBytes: number;
}

/** What a load of verifications looked like. */
export interface LoadSeen {
  readonly connections: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly statementsPerRequest: number;
  readonly replicaMicros: number;
  /** CPU time of the load generator for a request, in microseconds. */
  readonly clientMicros: number;
  /** The share of the time in which the replica had a core. */
  readonly busy: number;
}

/** Verifications on some connections while other users' grants are refreshed within some seconds. */
export interface RefreshingSeen {
  readonly grants: number;
  readonly refreshes: number;
  readonly seconds: number;
  readonly providerMs: number;
  readonly perSecond: number;
}

/** The bytes of the tables, divided by the users, with their indexes. */
export type BytesOfTables = Readonly<Record<string, number>>;

/** The figures of `--measure`, in `bench/model/measured.json`. */
export interface Measured {
  /** The machine and the versions, in one line. */
  readonly machine: string;
  readonly operations: Readonly<
    Record<'verification' | 'verificationAlone' | 'token' | 'refresh' | 'login', OperationCosts>
  >;
  readonly loads: readonly LoadSeen[];
  readonly refreshing: RefreshingSeen;
  readonly bytes: Readonly<Record<'MariaDB' | 'SQLite', BytesOfTables>>;
  /** How long the tokens of a user were, before they were sealed. */
  readonly tokens: string;
}

/** Where the figures are kept. */
export const MEASURED = 'bench/model/measured.json';

/**
 * The figures that were measured last.
 *
 * @throws {Error} if nothing was measured
 */
export async function readMeasured(file = MEASURED): Promise<Measured> {
  return JSON.parse(await readFile(file, 'utf8')) as Measured;
}
