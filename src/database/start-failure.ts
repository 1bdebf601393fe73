import { driverCodeOf, isAway, lacksRights, wasUndone } from './database-failures.js';
import { DatabaseUnusable } from './database.errors.js';

/** Codes of the file system for a disk that is full, over its quota or read-only, and for a file or folder without rights. */
const NO_WRITES = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG', 'EIO', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR']);
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)(_|$)/;

/**
 * Explains why the database could not be opened or migrated, if that is no defect: it is full, read-only, damaged, held
 * up by others or does not answer, or its user lacks a right.
 *
 * @throws {DatabaseUnusable} then; any other error as it is
 */
export function explainFailedStart(error: unknown): never {
  const code = driverCodeOf(error);
  const advice = adviceFor(error, code);
  if (!advice) throw error;
  const fact = `The database could not be opened or migrated (${code || 'no code'}).`;
  throw new DatabaseUnusable(`${fact} ${advice}`, { cause: error });
}

function adviceFor(error: unknown, code: string): string | undefined {
  if (lacksRights(error)) {
    return 'Grant the user in DATABASE_URL all privileges on its database; then start again, which goes on where this start ended.';
  }
  if (DAMAGED.test(code)) {
    return 'The file in DATABASE_URL is damaged: restore it from a backup, with "mooring restore".';
  }
  if (wasUndone(error)) {
    return 'Other processes held it up for too long: end those that lock its tables; then start again, which goes on where this start ended.';
  }
  if (!isAway(error) && !NO_WRITES.has(code)) return undefined;
  return 'Check that it answers, and that its disk has room and can be written; then start again.';
}
