import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Report } from './row.js';

/** Writes a report; makes its folder if it is missing. */
export async function writeReport(file: string, report: Report): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
}

/** Reads a report; undefined if there is no such file. Throws if it is not JSON. */
export async function readReport(file: string): Promise<Report | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Report);
}

/**
 * The recorded report after another run: rows of the run take the place of those with the same name, the others stay, so
 * that a part can be recorded anew. What failed is not recorded.
 */
export function mergedInto(recorded: Report | undefined, run: Report): Report {
  const rows = new Map(recorded?.rows.map((row) => [row.name, row]));
  for (const row of run.rows) if (row.kind !== 'failed') rows.set(row.name, row);
  return { machine: run.machine, rows: [...rows.values()] };
}
