import { DataSource } from 'typeorm';
import type { AuditLabelSource } from './audit-labels.js';

/** The labels that rows have now, by their ids; of rows that are gone there is none. */
export async function readLabels(
  database: DataSource,
  { table, column }: AuditLabelSource,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const sql = `SELECT id, ${column} AS label FROM ${table} WHERE id IN (${ids.map(() => '?').join(', ')})`;
  const rows = await database.query<{ id: string; label: string }[]>(sql, [...ids]);
  return new Map(rows.map(({ id, label }) => [id, label]));
}

/** The label that a row has now, or null if there is no such row. */
export async function readLabel(
  database: DataSource,
  { table, column }: AuditLabelSource,
  id: string,
): Promise<string | null> {
  const [row] = await database.query<{ label: string }[]>(`SELECT ${column} AS label FROM ${table} WHERE id = ?`, [id]);
  return row?.label ?? null;
}
