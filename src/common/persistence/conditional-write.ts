import { DataSource, DeleteResult, QueryFailedError, UpdateResult } from 'typeorm';

/** Whether a conditional `UPDATE` or `DELETE` matched a row. */
export function changedARow(result: UpdateResult | DeleteResult): boolean {
  return (result.affected ?? 0) > 0;
}

/** Runs an `UPDATE` or `DELETE` that is written in SQL, outside any transaction. Returns how many rows it matched. */
export async function rowsChangedBy(
  database: DataSource,
  sql: string,
  parameters: readonly unknown[],
): Promise<number> {
  const runner = database.createQueryRunner();
  try {
    // Only the structured result tells the number on both engines.
    const { affected } = await runner.query(sql, [...parameters], true);
    return affected ?? 0;
  } finally {
    await runner.release();
  }
}

const DUPLICATE = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'ER_DUP_ENTRY']);
const FOREIGN_KEY = new Set([
  'SQLITE_CONSTRAINT_FOREIGNKEY',
  'SQLITE_CONSTRAINT_TRIGGER',
  'ER_ROW_IS_REFERENCED_2',
  'ER_NO_REFERENCED_ROW_2',
]);

const MISSING = new Set(['SQLITE_CONSTRAINT_NOTNULL', 'ER_BAD_NULL_ERROR']);

function codeOf(error: unknown): string {
  const driverError: unknown = error instanceof QueryFailedError ? error.driverError : undefined;
  return (driverError as { code?: string } | undefined)?.code ?? '';
}

/** Whether a write failed because a unique value is taken. */
export function isDuplicate(error: unknown): boolean {
  return DUPLICATE.has(codeOf(error));
}

/** Whether a write violated a foreign key, from either side. */
export function isForeignKeyRefusal(error: unknown): boolean {
  return FOREIGN_KEY.has(codeOf(error));
}

/** Whether a write failed because a column has no value that must have one. */
export function isMissingValue(error: unknown): boolean {
  return MISSING.has(codeOf(error));
}
