import { noneIfHidden } from '../../common/persistence/missing-table.js';
import { Cluster, clusterInWords, ReadOnlyDatabase } from '../../database/inspection/index.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { ServerVariables, serverVariables } from './server-variables.js';

const codes = declareCodes({
  DATABASE_READ_ONLY: { severity: 'error', why: 'No login, no new secret and no refresh can be stored.' },
  CLUSTER_NOT_READY: {
    severity: 'error',
    why: 'A node without the majority refuses statements, or answers with old rows.',
  },
  CLUSTER_READS: {
    severity: 'warning',
    why: 'A secret or session that was ended through one node may be accepted for a moment through another.',
  },
  GROUP_MEMBER_OFFLINE: {
    severity: 'error',
    why: 'This server is not part of the group, and others do not see its writes.',
  },
  DATABASE_REPLICA: {
    severity: 'warning',
    why: 'What is written to a replica is not on its source, and reads there are late.',
  },
});

const VARIABLES = ['read_only', 'super_read_only'];
const STATES = [
  'wsrep_cluster_status',
  'wsrep_ready',
  'wsrep_local_state_comment',
  'slave_running',
  'wsrep_cluster_size',
];
const GROUP = `SELECT MEMBER_STATE AS state, MEMBER_ROLE AS role FROM performance_schema.replication_group_members
  WHERE MEMBER_ID = @@server_uuid`;

/** Whether the server takes writes, and whether a cluster or replication keeps them. */
export const cluster: Examination = {
  id: 'CLUSTER',
  title: 'Replication and cluster',
  codes,
  run: async (context) => {
    const database = await context.database();
    if (database.engine === 'sqlite') return { findings: [], well: 'SQLite has none.' };
    const variables = await serverVariables(database, VARIABLES);
    const states = await serverVariables(database, STATES, 'STATUS');
    const part = await database.cluster();
    const findings = [
      ...readOnlyFindings(variables),
      ...(part?.kind === 'galera' ? galeraFindings(states) : []),
      ...(part ? readFindings(part) : []),
      ...(part?.kind === 'group-replication' ? await groupFindings(database) : []),
      ...replicaFindings(states),
    ];
    return { findings, well: part ? wellOf(part, states.get('wsrep_cluster_size')) : null };
  },
};

function wellOf(part: Cluster, size = ''): string {
  const nodes = part.kind === 'galera' ? ` The cluster has ${size} nodes.` : '';
  return `The server takes writes and ${clusterInWords(part)}.${nodes}`;
}

export function readOnlyFindings(variables: ServerVariables): Finding[] {
  const names = ['super_read_only', 'read_only'].filter(
    (name) => !['OFF', '0', undefined].includes(variables.get(name)),
  );
  if (names.length === 0) return [];
  const fix = `Name the primary server in DATABASE_URL; if this is it: ${names.map((name) => `SET GLOBAL ${name} = OFF;`).join(' ')}`;
  return [codes.DATABASE_READ_ONLY(`The server has ${names.map((name) => `${name}=ON`).join(' and ')}.`, fix)];
}

export function galeraFindings(states: ServerVariables): Finding[] {
  const [status, ready] = [states.get('wsrep_cluster_status') ?? 'unknown', states.get('wsrep_ready') ?? 'unknown'];
  if (status === 'Primary' && ready === 'ON') return [];
  const comment = states.get('wsrep_local_state_comment') ?? 'unknown';
  const found = `The Galera node has wsrep_cluster_status=${status}, wsrep_ready=${ready} (${comment}).`;
  return [codes.CLUSTER_NOT_READY(found, 'Bring the cluster back to a majority, or name another node.')];
}

/** Mooring makes each of its connections causal, whatever the server's own setting is; a server or proxy may refuse that. */
export function readFindings(part: Cluster): Finding[] {
  if (part.isCausal) return [];
  const fix =
    part.kind === 'galera'
      ? 'SET GLOBAL wsrep_sync_wait = 7 on every node, or let all replicas of Mooring use one node.'
      : "SET PERSIST group_replication_consistency = 'BEFORE' on every member, or let all replicas of Mooring use one member.";
  return [codes.CLUSTER_READS(`The server ${clusterInWords(part)}.`, fix)];
}

async function groupFindings(database: ReadOnlyDatabase): Promise<Finding[]> {
  // Rights on the table are seldom given.
  const [member] = await database.rows<{ state: string; role: string }>(GROUP).catch(noneIfHidden);
  if (!member || ['ONLINE', 'OFFLINE'].includes(member.state)) return [];
  const found = `The member of the replication group is ${member.state}.`;
  return [codes.GROUP_MEMBER_OFFLINE(found, 'START GROUP_REPLICATION on it, or name another member in DATABASE_URL.')];
}

export function replicaFindings(states: ServerVariables): Finding[] {
  if (states.get('slave_running') !== 'ON') return [];
  const found = 'The server is a replica of another one, whose writes it takes over.';
  return [codes.DATABASE_REPLICA(found, 'Name the source, or the proxy that leads to it, in DATABASE_URL.')];
}
