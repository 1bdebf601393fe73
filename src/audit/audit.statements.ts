import { DataSource } from 'typeorm';

const LABELS: Readonly<Record<string, string>> = {
  user: 'SELECT username AS label FROM users WHERE id = ?',
  access_rule: 'SELECT repository_pattern AS label FROM access_rules WHERE id = ?',
  service_token: 'SELECT name AS label FROM service_tokens WHERE id = ?',
};

/** What somebody or something is called now, or null where there is no such thing. */
export async function readLabel(database: DataSource, type: string, id: string): Promise<string | null> {
  const sql = LABELS[type];
  if (sql === undefined) return null;
  const [row] = await database.query<{ label: string }[]>(sql, [id]);
  return row?.label ?? null;
}
