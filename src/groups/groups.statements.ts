import { DataSource } from 'typeorm';
import { besideRequests } from '../common/persistence/beside-requests.js';
import { timestampText } from '../common/persistence/stored-timestamp.js';
import { whereGroupsAreKnown } from '../settings/group-rules.js';

/** A user whose memberships are not those of their grant, and that grant's groups. */
export interface UnindexedUser {
  readonly userId: string;
  readonly version: number;
  readonly groupNames: string | null;
}

/** Users whose memberships are not those of their grant; 500 at most. */
export function readUnindexed(database: DataSource): Promise<UnindexedUser[]> {
  return database.query<UnindexedUser[]>(`
    SELECT g.user_id AS userId, g.version AS version, g.group_names AS groupNames
    FROM provider_grants g LEFT JOIN group_indexings i ON i.user_id = g.user_id
    WHERE i.grant_version IS NULL OR i.grant_version <> g.version LIMIT 500`);
}

const MEMBERS = besideRequests(`
  SELECT COUNT(*) AS members FROM memberships m JOIN users u ON u.id = m.user_id AND u.deleted_at IS NULL
  JOIN provider_grants g ON g.user_id = m.user_id AND ${whereGroupsAreKnown('g', '?')}
  WHERE m.group_id = ?`);

/**
 * How many users, without deleted ones, are in a group.
 *
 * @param toldSince only grants count whose groups were sent after this
 */
export async function countMembers(database: DataSource, groupId: string, toldSince: Date): Promise<number> {
  const [row] = await database.query<{ members: number | string }[]>(MEMBERS, [timestampText(toldSince), groupId]);
  return Number(row?.members ?? 0);
}
