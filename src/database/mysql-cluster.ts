import { isOverdue, isUnusable } from './database-failures.js';

/** What several database servers share their rows by; `none` also where a server only has replicas. */
export type ClusterKind = 'none' | 'galera' | 'group-replication';

/** What a database server is part of. */
export interface Cluster {
  readonly engine: 'mariadb' | 'mysql';
  readonly version: string;
  readonly kind: ClusterKind;
  /**
   * Whether statements of this connection see what was acknowledged through any node before they began. Without a cluster
   * they do so by themselves.
   */
  readonly isCausal: boolean;
}

/** Runs a statement after those that were given before it, and returns its rows. */
export type RunInOrder = (sql: string) => Promise<unknown>;

const NAMES = ['version', 'version_comment', 'wsrep_on', 'wsrep_provider', 'group_replication_group_name'];
const ASK = `SHOW VARIABLES WHERE Variable_name IN (${NAMES.map((name) => `'${name}'`).join(', ')})`;

/**
 * Updates and inserts wait like reads: an update whose condition was checked against old rows answers with 0 rows, and no
 * error tells that (MariaDB, "wsrep_sync_wait"; 7 is 1 for reads, 2 for updates and deletions, 4 for insertions).
 */
export const GALERA_WAIT = 'SET SESSION wsrep_sync_wait = 7';
/** Transactions of either kind wait (MySQL, "Configuring Transaction Consistency Guarantees"). No right is needed for it. */
export const GROUP_WAIT = "SET SESSION group_replication_consistency = 'BEFORE'";

interface Variable {
  readonly Variable_name: string;
  readonly Value: string;
}

/**
 * Makes the statements of a connection causal, whatever kind of server it leads to, and tells what it is. The statements are
 * given all at once, so that nothing that is given later runs before them. A server refuses what it does not know; that
 * costs nothing.
 *
 * @throws the error of the driver, if the connection can't be used
 */
export async function makeCausal(run: RunInOrder): Promise<Cluster> {
  // First the question: once the connection is causal, it could wait for a group that does not answer.
  const asked = run(ASK) as Promise<readonly Variable[]>;
  const isSet = [isAccepted(run(GALERA_WAIT)), isAccepted(run(GROUP_WAIT))] as const;
  const [rows, isGaleraSet, isGroupSet] = await Promise.all([asked, ...isSet]);
  return clusterOf(new Map(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value])), {
    galera: isGaleraSet,
    'group-replication': isGroupSet,
  });
}

/** Takes back what {@link makeCausal} has set. */
export async function undoCausal(run: RunInOrder): Promise<void> {
  for (const name of ['wsrep_sync_wait', 'group_replication_consistency']) {
    await isAccepted(run(`SET SESSION ${name} = DEFAULT`));
  }
}

async function isAccepted(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (isUnusable(error) || isOverdue(error)) throw error;
    return false;
  }
}

function clusterOf(
  variables: ReadonlyMap<string, string>,
  isSet: Readonly<Record<Exclude<ClusterKind, 'none'>, boolean>>,
): Cluster {
  const version = variables.get('version') ?? '';
  const isMariaDb = /mariadb/i.test(`${version} ${variables.get('version_comment') ?? ''}`);
  const kind = kindOf(variables);
  const isCausal = kind === 'none' || isSet[kind];
  return { engine: isMariaDb ? 'mariadb' : 'mysql', version, kind, isCausal };
}

function kindOf(variables: ReadonlyMap<string, string>): ClusterKind {
  const provider = variables.get('wsrep_provider') ?? 'none';
  if (variables.get('wsrep_on') === 'ON' && !['', 'none'].includes(provider)) return 'galera';
  return variables.get('group_replication_group_name') ? 'group-replication' : 'none';
}

const WORDS = {
  galera: { name: 'a Galera cluster', setting: 'wsrep_sync_wait=7' },
  'group-replication': { name: 'a replication group', setting: 'group_replication_consistency=BEFORE' },
} as const;

/** What is in force, as a sentence without its subject: "is a node of …". */
export function clusterInWords({ kind, isCausal }: Cluster): string {
  if (kind === 'none') return 'is part of no cluster';
  const { name, setting } = WORDS[kind];
  if (isCausal) return `is a node of ${name}, and every statement waits for what other nodes acknowledged (${setting})`;
  return `is a node of ${name}, and refused ${setting}: what was ended through another node may be accepted for a moment`;
}
