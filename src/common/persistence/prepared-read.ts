const PREPARED = '/* prepared */';

/**
 * Marks a read that is to be prepared once for each connection, because it is frequent and its text is one of few. It must
 * change nothing, so that it may be given again. (SQLite prepares every statement.)
 */
export const preparedRead = (sql: string): string => `${PREPARED} ${sql}`;

/** Whether a statement is marked by {@link preparedRead}. */
export const isPreparedRead = (sql: string): boolean => sql.startsWith(PREPARED);
