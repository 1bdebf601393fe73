import { DataSource } from 'typeorm';
import { parseTimestamp, timestampText, StoredTimestamp } from '../common/persistence/stored-timestamp.js';
import { ToldGroups, whereGroupsAreKnown } from '../settings/group-rules.js';

/** The groups as the provider last named them in a user's own grant, and when; none where it never did. */
export async function readToldGroups(database: DataSource, userId: string): Promise<ToldGroups> {
  const sql = 'SELECT group_names AS groupNames, groups_told_at AS toldAt FROM provider_grants WHERE user_id = ?';
  const [row] = await database.query<{ groupNames: string | null; toldAt: StoredTimestamp | null }[]>(sql, [userId]);
  const names = JSON.parse(row?.groupNames ?? '[]') as string[];
  return { names, toldAt: row?.toldAt == null ? null : parseTimestamp(row.toldAt) };
}

/** A user's grant as an index over groups needs it. */
export interface GrantOfGroups {
  readonly version: number;
  readonly names: readonly string[];
}

/** The version and groups of a user's grant, or null where there is none. */
export async function readGrantOfGroups(database: DataSource, userId: string): Promise<GrantOfGroups | null> {
  const sql = 'SELECT version, group_names AS groupNames FROM provider_grants WHERE user_id = ?';
  const [row] = await database.query<{ version: number; groupNames: string | null }[]>(sql, [userId]);
  return row ? { version: row.version, names: JSON.parse(row.groupNames ?? '[]') as string[] } : null;
}

/** Users whose groups the index does not have as their grant tells them; some hundreds at most. */
export async function readUnindexed(database: DataSource): Promise<string[]> {
  const rows = await database.query<{ userId: string }[]>(`
    SELECT g.user_id AS userId FROM provider_grants g LEFT JOIN group_indexings i ON i.user_id = g.user_id
    WHERE i.grant_version IS NULL OR i.grant_version <> g.version LIMIT 500`);
  return rows.map(({ userId }) => userId);
}

const MEMBERS = `
  SELECT COUNT(*) AS members FROM memberships m JOIN users u ON u.id = m.user_id AND u.deleted_at IS NULL
  JOIN provider_grants g ON g.user_id = m.user_id AND ${whereGroupsAreKnown('g', '?')}
  WHERE m.group_id = ?`;

/**
 * How many living users are in a group.
 *
 * @param toldSince the moment after which groups have to have been told
 */
export async function countMembers(database: DataSource, groupId: string, toldSince: Date): Promise<number> {
  const [row] = await database.query<{ members: number | string }[]>(MEMBERS, [timestampText(toldSince), groupId]);
  return Number(row?.members ?? 0);
}
