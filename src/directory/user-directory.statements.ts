import { DataSource, SelectQueryBuilder } from 'typeorm';
import { BESIDE_REQUESTS } from '../common/persistence/beside-requests.js';
import { fold } from '../common/text/case-folding.js';
import { whereGroupsAreKnown } from '../settings/group-rules.js';
import { OidcSettings } from '../settings/oidc-settings.schema.js';
import { IS_IN_LOGIN_GROUP, loginGroupParameters } from '../groups/index.js';
import { User } from '../users/index.js';
import { UserKind } from '../users/models/index.js';
import { grantStatusParameters, HAS_STATUS, IS_FROM_PROVIDER, IS_USABLE } from '../grants/statements/index.js';
import type { UserFilter } from './user-directory.models.js';

/** The settings and the time that decide about grants and administrators. */
export interface DirectoryMoment {
  readonly oidc: OidcSettings;
  readonly now: Date;
}

const GROUPS_KNOWN = whereGroupsAreKnown('pg', ':groupsToldSince');
// A list, not a subquery for each user: administrators are few. The outer SELECT is for MySQL, which would otherwise run the
// UNION for each user.
const ADMINS = `(SELECT a.id FROM (
  SELECT id FROM users WHERE is_admin = TRUE UNION
  SELECT pg.user_id FROM user_groups g JOIN memberships m ON m.group_id = g.id JOIN provider_grants pg ON pg.user_id = m.user_id
  WHERE g.name IN (:...adminGroups) AND ${IS_FROM_PROVIDER} AND ${IS_USABLE} AND ${GROUPS_KNOWN} AND ${IS_IN_LOGIN_GROUP}) a)`;
const MEMBERS = `(SELECT m.user_id FROM memberships m JOIN provider_grants pg ON pg.user_id = m.user_id
  WHERE m.group_id = :groupId AND ${GROUPS_KNOWN})`;

const LONGEST_SEARCH = 255;

/** The searched columns. A search is a range of each, because no engine uses an index for a case-insensitive pattern. */
export const SEARCHED = ['u.folded_name', 'u.folded_email'] as const;

/** The condition that some of these columns begin with the text, and its parameters. */
export function beginningWith(search: string, columns: readonly string[] = SEARCHED): readonly [string, object] {
  const start = [...fold(search)].slice(0, LONGEST_SEARCH).join('');
  const ranges = columns.map((column) => `(${column} >= :start AND ${column} < :beyond)`);
  // The last code point, which no text has: every value before it begins with the text.
  return [`(${ranges.join(' OR ')})`, { start, beyond: `${start}\u{10ffff}` }];
}

/** The users, without deleted ones, that match a filter except for its search; without order or limit. */
export function usersWhere(
  database: DataSource,
  filter: UserFilter,
  { oidc, now }: DirectoryMoment,
): SelectQueryBuilder<User> {
  const { username, kind, isAdmin, isDisabled, groupId, tokenState } = filter;
  const query = database.createQueryBuilder(User, 'u').where('u.deleted_at IS NULL').comment(BESIDE_REQUESTS);
  query.setParameters({
    // Never an empty list, which is no SQL; no group has an empty name.
    adminGroups: ['', ...oidc.adminGroups],
    ...loginGroupParameters(oidc, now),
    ...grantStatusParameters(oidc, now),
  });
  if (typeof username === 'string') query.andWhere('u.folded_name = :name', { name: fold(username) });
  if (kind) query.andWhere(kind === UserKind.OIDC ? 'u.issuer IS NOT NULL' : 'u.issuer IS NULL');
  if (typeof isAdmin === 'boolean') query.andWhere(`u.id ${isAdmin ? 'IN' : 'NOT IN'} ${ADMINS}`);
  if (typeof isDisabled === 'boolean') query.andWhere('u.is_disabled = :isDisabled', { isDisabled });
  if (tokenState) query.andWhere(HAS_STATUS[tokenState]);
  if (groupId) query.andWhere(`u.id IN ${MEMBERS}`, { groupId });
  return query;
}

/** A range of user names: after `begin`, up to and including `end`; null for no bound. */
export interface Stretch {
  readonly begin: string | null;
  readonly end: string | null;
}

/** Adds the condition that the names of users are in a range. */
export function within(query: SelectQueryBuilder<User>, { begin, end }: Stretch): SelectQueryBuilder<User> {
  if (begin !== null) query.andWhere('u.folded_name > :begin', { begin });
  if (end !== null) query.andWhere('u.folded_name <= :end', { end });
  return query;
}

/** The name that is so many names after another one, tombstones included; null if there are not as many. */
export async function nameAtDistance(
  database: DataSource,
  begin: string | null,
  distance: number,
): Promise<string | null> {
  const query = database.createQueryBuilder(User, 'u').select('u.folded_name', 'name').comment(BESIDE_REQUESTS);
  const further = within(query, { begin, end: null })
    .orderBy('u.folded_name')
    .offset(distance - 1)
    .limit(1);
  return (await further.getRawOne<{ name: string }>())?.name ?? null;
}

/** The users without duplicates, in the order of the database: names byte by byte. */
export function inOrder(found: readonly User[]): User[] {
  const once = [...new Map(found.map((user) => [user.id, user])).values()];
  return once.sort((one, other) => Buffer.compare(Buffer.from(one.foldedName), Buffer.from(other.foldedName)));
}
