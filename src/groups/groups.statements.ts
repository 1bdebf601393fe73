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

/**
 * Of the users with a grant whose ids are in a range, those whose memberships are not those of their grant. So that one
 * statement never reads the whole table, the range is found by {@link readIndexingEnd}.
 *
 * @param begin the ids after this one
 * @param end up to and including this one; null for no bound
 */
export function readUnindexed(database: DataSource, begin: string, end: string | null): Promise<UnindexedUser[]> {
  const until = end === null ? '' : 'AND g.user_id <= ?';
  return database.query<UnindexedUser[]>(
    `SELECT g.user_id AS userId, g.version AS version, g.group_names AS groupNames
     FROM provider_grants g LEFT JOIN group_indexings i ON i.user_id = g.user_id
     WHERE g.user_id > ? ${until} AND (i.grant_version IS NULL OR i.grant_version <> g.version)`,
    end === null ? [begin] : [begin, end],
  );
}

/** The id that ends a range of so many users with a grant; null if there are fewer. */
export async function readIndexingEnd(database: DataSource, begin: string, size: number): Promise<string | null> {
  const sql = `SELECT user_id AS userId FROM provider_grants WHERE user_id > ? ORDER BY user_id LIMIT 1 OFFSET ${size - 1}`;
  const [row] = await database.query<{ userId: string }[]>(sql, [begin]);
  return row?.userId ?? null;
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
