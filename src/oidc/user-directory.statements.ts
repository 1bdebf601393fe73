import { DataSource, SelectQueryBuilder } from 'typeorm';
import { fold } from '../common/fold.js';
import { like } from '../common/page.js';
import { OidcSettings } from '../settings/settings.schema.js';
import { User } from '../users/user.entity.js';
import { UserKind } from '../users/user.model.js';
import { OidcTokenState } from './grant-standing.js';
import type { UserFilter } from './user-directory.models.js';

/** What of the moment decides about grants and administrators. */
export interface DirectoryMoment {
  readonly oidc: OidcSettings;
  readonly now: Date;
}

// These say in SQL what `standingOf` says of one grant.
const FROM_PROVIDER = 'pg.issuer = :issuer AND pg.client_id = :clientId';
const grantWhere = (condition: string) =>
  `EXISTS (SELECT 1 FROM provider_grants pg WHERE pg.user_id = u.id AND ${FROM_PROVIDER} AND ${condition})`;
const EXPIRES_AFTER = (moment: string) => `(pg.expires_at > :${moment} AND
  (:recheckMinutes = 0 OR COALESCE(pg.vouched_at, pg.expires_at) > :${moment}LessRecheck))`;
const FRESH = EXPIRES_AFTER('now');
const LIVES = `pg.end_reason IS NULL AND (${FRESH} OR pg.sealed_refresh_token IS NOT NULL)`;
const IN_GRACE = `pg.failure = 'UNAVAILABLE' AND ${EXPIRES_AFTER('nowLessGrace')}`;
const STATES: Record<OidcTokenState, string> = {
  [OidcTokenState.FRESH]: grantWhere(`pg.end_reason IS NULL AND ${FRESH}`),
  [OidcTokenState.REFRESHABLE]: grantWhere(`${LIVES} AND NOT ${FRESH} AND (pg.failure IS NULL OR NOT (${IN_GRACE}))`),
  [OidcTokenState.OUTAGE_GRACE]: grantWhere(`${LIVES} AND NOT ${FRESH} AND ${IN_GRACE}`),
  [OidcTokenState.REAUTHENTICATION_REQUIRED]: `u.issuer IS NOT NULL AND NOT ${grantWhere(LIVES)}`,
};
const IN_ADMIN_GROUP = `EXISTS (
  SELECT 1 FROM provider_grants pg JOIN memberships m ON m.user_id = pg.user_id JOIN user_groups g ON g.id = m.group_id
  WHERE pg.user_id = u.id AND ${FROM_PROVIDER} AND g.name = :adminGroup
    AND ${LIVES})`;
const IS_ADMIN = `(u.is_admin = TRUE OR ${IN_ADMIN_GROUP})`;

/** The living users that pass a filter, without order or limit. */
export function usersWhere(
  database: DataSource,
  filter: UserFilter,
  { oidc, now }: DirectoryMoment,
): SelectQueryBuilder<User> {
  const { search, kind, isAdmin, isDisabled, groupId, tokenState } = filter;
  const query = database.createQueryBuilder(User, 'u').where('u.deleted_at IS NULL');
  query.setParameters({
    issuer: oidc.endpoint,
    clientId: oidc.clientId,
    adminGroup: oidc.adminGroup,
    ...momentsOf(oidc, now),
  });
  if (search) {
    const start = like(fold(search));
    query.andWhere("(u.folded_name LIKE :start ESCAPE '!' OR LOWER(u.email) LIKE :start ESCAPE '!')", { start });
  }
  if (kind) query.andWhere(kind === UserKind.OIDC ? 'u.issuer IS NOT NULL' : 'u.issuer IS NULL');
  if (typeof isAdmin === 'boolean') query.andWhere(isAdmin ? IS_ADMIN : `NOT ${IS_ADMIN}`);
  if (typeof isDisabled === 'boolean') query.andWhere('u.is_disabled = :isDisabled', { isDisabled });
  if (tokenState) query.andWhere(STATES[tokenState]);
  if (groupId) {
    query.andWhere('EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.group_id = :groupId)', {
      groupId,
    });
  }
  return query;
}

function momentsOf({ recheckMinutes, outageGraceMinutes }: OidcSettings, now: Date) {
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  return {
    ...{ now, recheckMinutes, nowLessRecheck: before(recheckMinutes), nowLessGrace: before(outageGraceMinutes) },
    nowLessGraceLessRecheck: before(outageGraceMinutes + recheckMinutes),
  };
}
