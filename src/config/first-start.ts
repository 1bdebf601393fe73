import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './env.js';
import { demandFolderOf, writeOnce } from './write-once.js';

type Place = Pick<Environment, 'dataDir'>;

/** Marks in DATA_DIR that a first start has begun, so that one that is interrupted goes on at the next start. */
export async function beginFirstStart(place: Place): Promise<void> {
  await writeOnce(markOf(place), 'The first start of a server has begun here, and has not ended yet.\n');
}

/**
 * Checks that the mark could be written.
 *
 * @throws {FileNotWritten} if DATA_DIR can't be made or written
 */
export function demandPlaceOfMark(place: Place): Promise<void> {
  return demandFolderOf(markOf(place));
}

/** Whether a first start has begun here and has not ended. */
export function isFirstStart(place: Place): Promise<boolean> {
  return access(markOf(place)).then(
    () => true,
    () => false,
  );
}

/** Removes the mark: the installation and its administrator are in the database. */
export async function endFirstStart(place: Place): Promise<void> {
  await rm(markOf(place), { force: true });
}

function markOf({ dataDir }: Place): string {
  return join(dataDir, 'first-start');
}
