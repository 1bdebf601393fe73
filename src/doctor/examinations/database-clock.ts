import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';

const codes = declareCodes({
  CLOCK_APART: {
    severity: 'warning',
    why: 'Leases and last uses are told by the clock of the database, tokens by that of this machine.',
  },
  CLOCK_FAR_APART: {
    severity: 'error',
    why: 'Registries and providers allow half a minute; tokens are refused, or live too long.',
  },
});

const APART_MS = 2_000;
const FAR_APART_MS = 30_000;
const NOW = "SELECT DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%f') AS now";

/** Whether the clock of the database server agrees with that of this machine. */
export const databaseClock: Examination = {
  id: 'DATABASE_CLOCK',
  title: 'Clock of the database',
  codes,
  run: async (context) => {
    const database = await context.database();
    if (database.engine === 'sqlite') return { findings: [], well: 'SQLite uses the clock of this machine.' };
    const before = context.clock.now().getTime();
    const [row] = await database.rows<{ now: string }>(NOW);
    const after = context.clock.now().getTime();
    const apart = apartMs(new Date(`${(row?.now ?? '').slice(0, 23)}Z`).getTime(), before, after);
    return { findings: clockFindings(apart), well: `It agrees with that of this machine to ${seconds(apart)}.` };
  },
};

/** How far a time that was told between two others is from them, in milliseconds: positive if it is ahead. */
function apartMs(told: number, before: number, after: number): number {
  return told < before ? told - before : Math.max(0, told - after);
}

export function clockFindings(apart: number): Finding[] {
  if (Math.abs(apart) < APART_MS) return [];
  const found = `The clock of the database is ${seconds(apart)} ${apart > 0 ? 'ahead of' : 'behind'} that of this machine.`;
  const make = Math.abs(apart) < FAR_APART_MS ? codes.CLOCK_APART : codes.CLOCK_FAR_APART;
  return [make(found, 'Let NTP (chrony, systemd-timesyncd) set both clocks: run timedatectl on both machines.')];
}

const seconds = (milliseconds: number) => `${(Math.abs(milliseconds) / 1000).toFixed(1)} seconds`;
