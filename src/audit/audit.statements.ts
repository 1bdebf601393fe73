import { DataSource } from 'typeorm';
import type { AuditLabelSource } from './audit-labels.js';

/** The label that a row has now, or null if there is no such row. */
export async function readLabel(
  database: DataSource,
  { table, column }: AuditLabelSource,
  id: string,
): Promise<string | null> {
  const [row] = await database.query<{ label: string }[]>(`SELECT ${column} AS label FROM ${table} WHERE id = ?`, [id]);
  return row?.label ?? null;
}
