import { DataSource } from 'typeorm';

/** The groups as the provider last named them in a user's own grant; empty where it never did. */
export async function readGroupNames(database: DataSource, userId: string): Promise<string[]> {
  const sql = 'SELECT group_names AS groupNames FROM provider_grants WHERE user_id = ?';
  const [row] = await database.query<{ groupNames: string | null }[]>(sql, [userId]);
  return JSON.parse(row?.groupNames ?? '[]') as string[];
}
