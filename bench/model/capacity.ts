import type { Assumptions } from './assumptions.js';
import type { BytesOfTables, Measured, OperationCosts } from './measured.js';

/** A day has so many seconds. */
const DAY_SECONDS = 86_400;
const DAY_MINUTES = 1_440;
/** So that one may be lost: of replicas and, for a majority, of nodes. */
const [LEAST_REPLICAS, LEAST_NODES] = [2, 3];
/** Rows of the audit log that one process adds in a minute at most (`success-sums.ts`). */
const MOST_ROWS_A_MINUTE = 1_000;
const AUDIT = 'audit_events';

/** What is asked in the busiest second. */
export interface Rates {
  readonly verifications: number;
  readonly tokens: number;
  readonly refreshes: number;
  readonly logins: number;
}

/** What an installation needs. */
export interface Capacity {
  readonly people: number;
  readonly rates: Rates;
  readonly statements: number;
  readonly writes: number;
  /** Megabytes a second between replicas and database, and in the redo log of each node. */
  readonly megabytes: number;
  readonly logMegabytes: number;
  readonly replicaCores: number;
  readonly replicas: number;
  /** Cores for reading, spread over the nodes, and for writing, on each of them. */
  readonly readCores: number;
  readonly writeCores: number;
  /** Nodes that are needed, or null: each node makes every write, so that more of them do not help. */
  readonly nodes: number | null;
  /** Gigabytes on each node: of people, and of the audit log at most. */
  readonly peopleGigabytes: number;
  readonly auditGigabytes: number;
}

/**
 * Refreshes of one grant in a time: one for each life of a token in which there is a use, where the uses are spread at random.
 *
 * @param lives how many lives of a token the time has
 */
export function refreshesOf(uses: number, lives: number): number {
  return lives * (1 - Math.exp(-uses / lives));
}

/** What is asked in the busiest second, of so many people. */
export function ratesOf(people: number, inputs: Assumptions): Rates {
  const active = people * inputs.activeShare;
  const byNodes = (people / 1000) * inputs.nodesPerThousand * inputs.pullsPerNode;
  const pulls = active * inputs.pullsPerPerson + byNodes;
  const [machines, hour] = [people * inputs.machineShare, 60 / inputs.tokenMinutes];
  const refreshes =
    active * refreshesOf(inputs.pullsPerPerson, inputs.workHours * hour) +
    machines * refreshesOf(byNodes / Math.max(1, machines), 24 * hour);
  const inSecond = (aDay: number) => (aDay / DAY_SECONDS) * inputs.peak;
  return {
    verifications: inSecond(pulls * inputs.verificationsPerPull),
    tokens: inSecond(pulls * inputs.tokensPerPull),
    refreshes: inSecond(refreshes),
    logins: inSecond(active * inputs.loginsPerPerson),
  };
}

type Figure = (costs: OperationCosts) => number;

function totalOf({ verifications, tokens, refreshes, logins }: Rates, operations: Measured['operations'], of: Figure) {
  return (
    verifications * of(operations.verification) +
    tokens * of(operations.token) +
    refreshes * of(operations.refresh) +
    logins * of(operations.login)
  );
}

/** The share of an operation's database time that is for its writes, which every node repeats. */
const writingShare = ({ statements, writes }: OperationCosts) => (statements === 0 ? 0 : writes / statements);

const sumOf = (bytes: BytesOfTables) => Object.values(bytes).reduce((sum, one) => sum + one, 0);

function nodesOf(readCores: number, writeCores: number, writes: number, inputs: Assumptions): number | null {
  const usable = inputs.coresPerNode * inputs.utilization;
  if (writeCores >= usable || writes > inputs.commitsPerSecond) return null;
  // One may be lost, and the others still have room.
  return Math.max(LEAST_NODES, Math.ceil(readCores / (usable - writeCores)) + 1);
}

function auditGigabytesOf(people: number, replicas: number, bytes: number, inputs: Assumptions): number {
  const active = people * inputs.activeShare;
  const pulls = active * inputs.pullsPerPerson + (people / 1000) * inputs.nodesPerThousand * inputs.pullsPerNode;
  const bounded = replicas * inputs.coresPerReplica * MOST_ROWS_A_MINUTE * DAY_MINUTES;
  const rows = Math.min((pulls / 1000) * inputs.eventsPerThousandPulls, bounded) + active * inputs.loginsPerPerson;
  return (rows * inputs.auditDays * bytes) / 1e9;
}

/** What an installation of so many people needs, by measured costs and assumptions. */
export function capacityOf(people: number, inputs: Assumptions, measured: Measured): Capacity {
  const rates = ratesOf(people, inputs);
  const total = (of: Figure) => totalOf(rates, measured.operations, of);
  const replicaCores = total(({ replicaMicros }) => replicaMicros) / 1e6;
  const writeCores = total((costs) => costs.databaseMicros * writingShare(costs)) / 1e6;
  const readCores = total((costs) => costs.databaseMicros * (1 - writingShare(costs))) / 1e6;
  const writes = total((costs) => costs.writes);
  const perReplica = inputs.coresPerReplica * inputs.utilization;
  const replicas = Math.max(LEAST_REPLICAS, Math.ceil(replicaCores / perReplica) + 1);
  const { [AUDIT]: event = 0, ...tables } = measured.bytes.MariaDB;
  return {
    ...{ people, rates, replicaCores, readCores, writeCores, writes, replicas },
    statements: total(({ statements }) => statements),
    megabytes: total(({ bytesTo, bytesFrom }) => bytesTo + bytesFrom) / 1e6,
    logMegabytes: total(({ logBytes }) => logBytes) / 1e6,
    nodes: nodesOf(readCores, writeCores, writes, inputs),
    peopleGigabytes: (people * sumOf(tables)) / 1e9,
    auditGigabytes: auditGigabytesOf(people, replicas, event, inputs),
  };
}
