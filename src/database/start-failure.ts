import { driverCodeOf, isAway } from './database-failures.js';
import { DatabaseUnusable } from './database.errors.js';

/** Codes of the file system for a disk that is full, over its quota or read-only, and for a file or folder without rights. */
const NO_WRITES = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG', 'EIO', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR']);

/**
 * Explains why the database could not be opened or migrated, if that is no defect: it is full, read-only or does not answer.
 *
 * @throws {DatabaseUnusable} then; any other error as it is
 */
export function explainFailedStart(error: unknown): never {
  const code = driverCodeOf(error);
  if (!isAway(error) && !NO_WRITES.has(code)) throw error;
  throw new DatabaseUnusable(
    `The database could not be opened or migrated (${code || 'no code'}). Check that it answers, and that its disk has room and can be written; then start again.`,
    { cause: error },
  );
}
