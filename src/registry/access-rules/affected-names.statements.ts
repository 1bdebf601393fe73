import { DataSource } from 'typeorm';
import { besideRequests } from '../../common/persistence/beside-requests.js';
import { timestampText } from '../../common/persistence/stored-timestamp.js';
import { whereGroupsAreKnown } from '../../settings/group-rules.js';

/** The names of a user. */
export interface UserName {
  readonly id: string;
  readonly username: string;
  readonly foldedName: string;
}

const NAMES = besideRequests(`
  SELECT id AS id, username AS username, folded_name AS foldedName FROM users
  WHERE deleted_at IS NULL AND folded_name > ? ORDER BY folded_name LIMIT 1000`);

const MEMBERS_AT_ONCE = 5000;

const MEMBERS = besideRequests(`
  SELECT m.user_id AS id FROM memberships m JOIN user_groups g ON g.id = m.group_id
  JOIN provider_grants pg ON pg.user_id = m.user_id
  WHERE g.name = ? AND ${whereGroupsAreKnown('pg', '?')} AND m.user_id > ?
  ORDER BY m.user_id LIMIT ${MEMBERS_AT_ONCE}`);

/** The next thousand users by folded name, without deleted ones. */
export function readNamesAfter(database: DataSource, foldedName: string): Promise<UserName[]> {
  return database.query<UserName[]>(NAMES, [foldedName]);
}

/**
 * The members of a group according to the index: for display, not for decisions.
 *
 * @param toldSince groups that the provider sent before this time do not count
 */
export async function readMemberIds(database: DataSource, groupName: string, toldSince: Date): Promise<string[]> {
  const members: string[] = [];
  for (let isMore = true; isMore;) {
    const from = [groupName, timestampText(toldSince), members.at(-1) ?? ''];
    const rows = await database.query<{ id: string }[]>(MEMBERS, from);
    for (const { id } of rows) members.push(id);
    isMore = rows.length === MEMBERS_AT_ONCE;
  }
  return members;
}
