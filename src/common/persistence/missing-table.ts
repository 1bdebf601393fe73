const codeOf = (error: unknown) => (error as { code?: string }).code ?? '';

/** What MariaDB and MySQL say of a table or column that is not there. */
const MISSING = new Set(['ER_NO_SUCH_TABLE', 'ER_UNKNOWN_TABLE', 'ER_BAD_FIELD_ERROR']);
/** What they say of one that the user may not read. */
const DENIED = new Set(['ER_TABLEACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR']);

/** SQLite has one code for all faults of a statement. */
const MISSING_IN_SQLITE = /^no such (table|column): /;

/** Whether a statement failed only because a table or column of another release or engine is not there. */
export function isMissingTable(error: unknown): boolean {
  const { message = '' } = error as { message?: string };
  return MISSING.has(codeOf(error)) || (codeOf(error) === 'SQLITE_ERROR' && MISSING_IN_SQLITE.test(message));
}

/**
 * No rows, of a table that is not there.
 *
 * @throws every other error
 */
export function noneIfMissing(error: unknown): never[] {
  if (isMissingTable(error)) return [];
  throw error;
}

/**
 * No rows, of a table of the server that is not there or that few users may read.
 *
 * @throws every other error
 */
export function noneIfHidden(error: unknown): never[] {
  return DENIED.has(codeOf(error)) ? [] : noneIfMissing(error);
}
