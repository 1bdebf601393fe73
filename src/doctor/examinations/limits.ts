import { readFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { serverVariables } from './server-variables.js';

const codes = declareCodes({
  OPEN_FILES_FEW: {
    severity: 'warning',
    why: 'Each connection takes an open file: new ones are refused when there are no more.',
  },
  MEMORY_SMALL: { severity: 'warning', why: 'The system kills a process that needs more memory than there is.' },
  WORKERS_OVER_CORES: {
    severity: 'warning',
    why: 'More processes than cores take memory and connections, and answer no faster.',
  },
  DATABASE_CONNECTIONS_FEW: {
    severity: 'warning',
    why: 'The database refuses connections, and requests fail, when all workers are busy.',
  },
});

const FEW_FILES = 4096;
const WORKER_MIB = 192;
const MIB = 1024 * 1024;
/** The pool of each process. */
const POOL = 10;

/** Limits of the system and of the database, against what is configured. */
export const limits: Examination = {
  id: 'LIMITS',
  title: 'Limits',
  codes,
  run: async (context) => {
    const files = openFilesIn(await readFile('/proc/self/limits', 'utf8').catch(() => ''));
    const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
    const { workers } = context.environment;
    const findings = [
      ...fileFindings(files),
      ...memoryFindings(memory, workers),
      ...workerFindings(workers, availableParallelism()),
      ...(await connectionFindings(context)),
    ];
    const cores = availableParallelism();
    const told = `${files ?? 'any number of'} open files, ${Math.round(memory / MIB)} MiB of memory, ${cores} cores`;
    return { findings, well: `Of this shell: ${told}.` };
  },
};

/** The soft limit of open files in a file of Linux; null if there is none. */
export function openFilesIn(text: string): number | null {
  const [, soft = ''] = /^Max open files\s+(\d+)/m.exec(text) ?? [];
  return soft === '' ? null : Number(soft);
}

export function fileFindings(files: number | null): Finding[] {
  if (files === null || files >= FEW_FILES) return [];
  const fix =
    'Set LimitNOFILE=65536 in the systemd unit, or --ulimit nofile=65536 of docker; in a shell, ulimit -n 65536.';
  return [codes.OPEN_FILES_FEW(`A process started like this one may open ${files} files.`, fix)];
}

export function memoryFindings(bytes: number, workers: number): Finding[] {
  const needed = (workers + 1) * WORKER_MIB;
  if (bytes >= needed * MIB) return [];
  const found = `There are ${Math.round(bytes / MIB)} MiB of memory for WORKERS=${workers}.`;
  return [codes.MEMORY_SMALL(found, `Allow ${needed} MiB, or set fewer WORKERS.`)];
}

export function workerFindings(workers: number, cores: number): Finding[] {
  if (workers <= cores) return [];
  return [
    codes.WORKERS_OVER_CORES(`WORKERS=${workers}, and this process may use ${cores} cores.`, `Set WORKERS=${cores}.`),
  ];
}

async function connectionFindings(context: DoctorContext): Promise<Finding[]> {
  if (context.environment.database.engine === 'sqlite') return [];
  const database = await context.database().catch(() => null);
  if (!database) return [];
  const most = Number((await serverVariables(database, ['max_connections'])).get('max_connections') ?? Infinity);
  const needed = context.environment.workers * POOL;
  if (needed < most) return [];
  const found = `One server with WORKERS=${context.environment.workers} takes up to ${needed} connections, and the database allows ${most} in all.`;
  const fix = `SET GLOBAL max_connections = ${2 * needed}; and the same in its configuration, or set fewer WORKERS.`;
  return [codes.DATABASE_CONNECTIONS_FEW(found, fix)];
}
