import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';

const codes = declareCodes({
  DISK_FULL: { severity: 'error', why: 'Writes are refused, and nobody can log in or get a secret.' },
  DISK_LOW: { severity: 'warning', why: 'When the disk is full writes are refused, and nobody can log in.' },
  DATA_DIR_MISSING: { severity: 'error', why: 'The server keeps the key file and the first password there.' },
  LOG_LARGE: { severity: 'warning', why: 'A long write-ahead log slows every read, and fills the disk.' },
});

const MIB = 1024 * 1024;
const FULL_BYTES = 32 * MIB;
const LOW_BYTES = 512 * MIB;
const LARGE_LOG_BYTES = 256 * MIB;

/** Room on the disks of the data folder and of the database file. */
export const disk: Examination = {
  id: 'DISK',
  title: 'Disk',
  codes,
  run: async (context) => {
    const folders = foldersOf(context);
    const rooms = await Promise.all(folders.map(async (folder) => [folder, await roomOf(folder)] as const));
    const findings = [
      ...missingFindings(context, rooms),
      ...rooms.flatMap(([folder, bytes]) => roomFindings(folder, bytes)),
    ];
    const told = rooms.flatMap(([folder, bytes]) => (bytes === null ? [] : [`${folder} has ${inWords(bytes)} left`]));
    return {
      findings: [...findings, ...(await logFindings(context))],
      well: told.length > 0 ? `${told.join('; ')}.` : null,
    };
  },
};

function foldersOf({ environment: { dataDir, database } }: DoctorContext): string[] {
  const file = database.engine === 'sqlite' ? [dirname(resolve(database.file))] : [];
  return [...new Set([resolve(dataDir), ...file])];
}

async function roomOf(folder: string): Promise<number | null> {
  return statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
}

function missingFindings(
  { environment }: DoctorContext,
  rooms: readonly (readonly [string, number | null])[],
): Finding[] {
  const missing = rooms.filter(([folder, bytes]) => bytes === null && folder === resolve(environment.dataDir));
  // With MariaDB and a given key nothing has to be there.
  if (environment.database.engine === 'mysql') return [];
  return missing.map(([folder]) => {
    const fix = 'Correct DATA_DIR, or run the command in the folder of the service; the first start makes the folder.';
    return codes.DATA_DIR_MISSING(`There is no folder ${folder}, which DATA_DIR names.`, fix);
  });
}

export function roomFindings(folder: string, bytes: number | null): Finding[] {
  if (bytes === null || bytes >= LOW_BYTES) return [];
  const found = `The disk of ${folder} has only ${inWords(bytes)} left.`;
  const make = bytes < FULL_BYTES ? codes.DISK_FULL : codes.DISK_LOW;
  return [make(found, 'Make room on it, or move DATA_DIR and the database to a larger disk.')];
}

async function logFindings({ environment: { database } }: DoctorContext): Promise<Finding[]> {
  if (database.engine !== 'sqlite') return [];
  const file = `${resolve(database.file)}-wal`;
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size < LARGE_LOG_BYTES) return [];
  const fix = 'Look for a program that keeps the database open for reading, such as a shell of sqlite3, and end it.';
  return [codes.LOG_LARGE(`The write-ahead log ${file} has ${inWords(size)}.`, fix)];
}

function inWords(bytes: number): string {
  return bytes < 1024 * MIB ? `${Math.round(bytes / MIB)} MiB` : `${(bytes / MIB / 1024).toFixed(1)} GiB`;
}
