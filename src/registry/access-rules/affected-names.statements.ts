import { DataSource } from 'typeorm';
import { timestampText } from '../../common/persistence/stored-timestamp.js';
import { whereGroupsAreKnown } from '../../settings/group-rules.js';

/** A living user, as far as names go. */
export interface UserName {
  readonly id: string;
  readonly username: string;
  readonly foldedName: string;
}

const NAMES = `
  SELECT id AS id, username AS username, folded_name AS foldedName FROM users
  WHERE deleted_at IS NULL AND folded_name > ? ORDER BY folded_name LIMIT 1000`;

const MEMBERS = `
  SELECT m.user_id AS id FROM memberships m JOIN user_groups g ON g.id = m.group_id
  JOIN provider_grants pg ON pg.user_id = m.user_id
  WHERE g.name = ? AND ${whereGroupsAreKnown('pg', '?')}`;

/** The next thousand living users by folded name. */
export function readNamesAfter(database: DataSource, foldedName: string): Promise<UserName[]> {
  return database.query<UserName[]>(NAMES, [foldedName]);
}

/**
 * Who is in a group, as far as the index knows: for people to read, not for deciding.
 *
 * @param toldSince the moment after which groups have to have been told
 */
export async function readMemberIds(database: DataSource, groupName: string, toldSince: Date): Promise<string[]> {
  const rows = await database.query<{ id: string }[]>(MEMBERS, [groupName, timestampText(toldSince)]);
  return rows.map(({ id }) => id);
}
