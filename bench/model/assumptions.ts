/** What is assumed of an installation and can be changed on the command line. */
export interface Assumptions {
  /** The share of the people who use the registry on a day. */
  readonly activeShare: number;
  /** Pulls and pushes of an active person by hand or from a laptop, a day. */
  readonly pullsPerPerson: number;
  /** Nodes of clusters and build machines for each 1,000 people. */
  readonly nodesPerThousand: number;
  /** Pulls of a node, a day. */
  readonly pullsPerNode: number;
  /** Requests for a registry token for each pull: one, and more where layers take longer than a token lives. */
  readonly tokensPerPull: number;
  /** Verifications by other registry backends for each pull. */
  readonly verificationsPerPull: number;
  /** The life of a token of the provider, in minutes: a grant in use is refreshed once in it. */
  readonly tokenMinutes: number;
  /** The hours in which an active person works. */
  readonly workHours: number;
  /** The share of the people whose secret is used by machines, day and night. */
  readonly machineShare: number;
  /** Logins of an active person by browser, a day. */
  readonly loginsPerPerson: number;
  /** How many times the average of a day the busiest second has. */
  readonly peak: number;
  /** The share of a core that is to be used in the busiest second, of replicas and of nodes alike. */
  readonly utilization: number;
  /** Cores of one replica's machine and of one node. */
  readonly coresPerReplica: number;
  readonly coresPerNode: number;
  /** Transactions a second that one node makes durable: commits that wait for the same flush of the log share it. */
  readonly commitsPerSecond: number;
  /** The days that audit events are kept (`auditRetentionDays`). */
  readonly auditDays: number;
  /** Audit events that are stored for each 1,000 pulls: uses of one user from one network in one minute are one row. */
  readonly eventsPerThousandPulls: number;
}

interface Described {
  readonly fallback: number;
  readonly unit: string;
  readonly about: string;
}

/** Each assumption with what is taken if nothing else is said. */
export const ASSUMPTIONS: Readonly<Record<keyof Assumptions, Described>> = {
  activeShare: { fallback: 0.6, unit: 'of the people', about: 'use the registry on a day' },
  pullsPerPerson: { fallback: 10, unit: 'a day', about: 'pulls and pushes of an active person' },
  nodesPerThousand: { fallback: 100, unit: 'nodes', about: 'of clusters and build machines for 1,000 people' },
  pullsPerNode: { fallback: 200, unit: 'a day', about: 'pulls of a node' },
  tokensPerPull: { fallback: 1, unit: 'requests', about: 'for a registry token for each pull' },
  verificationsPerPull: { fallback: 1, unit: 'requests', about: 'of `verifyCliSecret` for each pull' },
  tokenMinutes: { fallback: 60, unit: 'minutes', about: 'life of a token of the provider' },
  workHours: { fallback: 9, unit: 'hours', about: 'in which an active person pulls' },
  machineShare: { fallback: 0.02, unit: 'of the people', about: 'have a secret that machines use day and night' },
  loginsPerPerson: { fallback: 0.3, unit: 'a day', about: 'logins of an active person by browser' },
  peak: { fallback: 5, unit: 'times', about: 'the average of a day in the busiest second' },
  utilization: { fallback: 0.5, unit: 'of a core', about: 'is used in the busiest second' },
  coresPerReplica: { fallback: 4, unit: 'cores', about: 'of a replica, with as many workers' },
  coresPerNode: { fallback: 16, unit: 'cores', about: 'of a node of the database' },
  commitsPerSecond: { fallback: 5_000, unit: 'a second', about: 'durable transactions of a node with NVMe' },
  auditDays: { fallback: 365, unit: 'days', about: 'of audit events' },
  eventsPerThousandPulls: { fallback: 200, unit: 'rows', about: 'of the audit log for 1,000 pulls' },
};

/** What is assumed if nothing else is said. */
export const USUAL = Object.fromEntries(
  Object.entries(ASSUMPTIONS).map(([name, { fallback }]) => [name, fallback]),
) as unknown as Assumptions;
