import type { ReadOnlyDatabase } from '../../database/inspection/index.js';
import { MOST_CLOCKS_APART_MS } from '../../oidc/refresh/index.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { serverVariables } from './server-variables.js';

const codes = declareCodes({
  CLOCK_APART: {
    severity: 'warning',
    why: 'Leases and last uses are told by the clock of the database, tokens by that of this machine.',
  },
  CLOCK_FAR_APART: {
    severity: 'error',
    why: 'Registries and providers allow half a minute; tokens are refused, or live too long.',
  },
  CLOCK_ENDS_LEASES: {
    severity: 'error',
    why: 'A lease ends too early at a node that is ahead: a refresh token is sent twice, and its owner has to log in again.',
  },
});

const APART_MS = 2_000;
const FAR_APART_MS = 30_000;
/** Another node may be as far from the right time on the other side. */
const HALF_OF_MOST = MOST_CLOCKS_APART_MS / 2;
const NOW = "SELECT DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%f') AS now";

/**
 * Whether the clock of the database server agrees with that of this machine. Of a cluster it sees the node in `DATABASE_URL`, and
 * so it is to be run at each replica.
 */
export const databaseClock: Examination = {
  id: 'DATABASE_CLOCK',
  title: 'Clock of the database',
  codes,
  run: async (context) => {
    const database = await context.database();
    if (database.engine === 'sqlite') return { findings: [], well: 'SQLite uses the clock of this machine.' };
    const isNode = await isOneOfSeveral(database);
    const before = context.clock.now().getTime();
    const [row] = await database.rows<{ now: string }>(NOW);
    const after = context.clock.now().getTime();
    const apart = apartMs(new Date(`${(row?.now ?? '').slice(0, 23)}Z`).getTime(), before, after);
    const others = isNode ? ' It is one node of several: run this at each replica.' : '';
    const well = `It agrees with that of this machine to ${seconds(apart)}.${others}`;
    return { findings: clockFindings(apart, isNode), well };
  },
};

/** Whether the server is a node of a Galera cluster or a member of a replication group, each of which has its own clock. */
async function isOneOfSeveral(database: ReadOnlyDatabase): Promise<boolean> {
  const variables = await serverVariables(database, ['wsrep_on', 'group_replication_group_name']);
  return variables.get('wsrep_on') === 'ON' || (variables.get('group_replication_group_name') ?? '') !== '';
}

/** How far a time that was told between two others is from them, in milliseconds: positive if it is ahead. */
function apartMs(told: number, before: number, after: number): number {
  return told < before ? told - before : Math.max(0, told - after);
}

/**
 * What is wrong with a clock of the database.
 *
 * @param apart how far it is ahead of that of this machine, in milliseconds
 * @param isNode whether the database has other nodes, with clocks of their own
 */
export function clockFindings(apart: number, isNode: boolean): Finding[] {
  if (Math.abs(apart) < APART_MS) return [];
  const whose = isNode ? 'the node of the database' : 'the database';
  const found = `The clock of ${whose} is ${seconds(apart)} ${apart > 0 ? 'ahead of' : 'behind'} that of this machine.`;
  const make = Math.abs(apart) < FAR_APART_MS ? codes.CLOCK_APART : codes.CLOCK_FAR_APART;
  return [make(`${found}${isNode ? BOUND : ''}`, FIX), ...leaseFindings(apart, isNode)];
}

function leaseFindings(apart: number, isNode: boolean): Finding[] {
  if (!isNode || Math.abs(apart) < HALF_OF_MOST) return [];
  const found = `A node that is ${seconds(HALF_OF_MOST)} off can be ${seconds(MOST_CLOCKS_APART_MS)} from another one: refresh leases are not safe.`;
  return [codes.CLOCK_ENDS_LEASES(found, FIX)];
}

const seconds = (milliseconds: number) => `${(Math.abs(milliseconds) / 1000).toFixed(1)} seconds`;
const BOUND = ` Clocks of two nodes may differ by ${seconds(MOST_CLOCKS_APART_MS)} before refresh leases are in danger.`;
const FIX = 'Let NTP (chrony, systemd-timesyncd) set both clocks: run timedatectl on both machines.';
