import { DataSource } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { ProviderGrant } from '../grants/index.js';
import { LIMITED_LOGIN, LimitedLogin } from '../grants/limits/index.js';
import { IS_IN_LOGIN_GROUP, loginGroupParameters } from '../groups/index.js';
import {
  GRANT_ORIGIN,
  grantStatusParameters,
  IS_FROM_PROVIDER,
  IS_USABLE,
  loginAgeParameters,
} from '../grants/statements/index.js';
import type { OidcSettings } from '../settings/oidc-settings.schema.js';

const SAVER = `
  SELECT ${GRANT_ORIGIN}, ${LIMITED_LOGIN} FROM users u LEFT JOIN provider_grants g ON g.user_id = u.id
  WHERE u.issuer IS NOT NULL AND u.id =`;
const CREATOR = '(SELECT t.created_by FROM service_tokens t WHERE t.id = ?)';

/** The login of the person who makes a request, or who created its service token; undefined for one without a provider. */
export async function readLoginOf(database: DataSource, principal: Principal): Promise<LimitedLogin | undefined> {
  const [whose, id] = principal.kind === 'user' ? ['?', principal.userId] : [CREATOR, principal.tokenId];
  const [row] = await database.query<LimitedLogin[]>(`${SAVER} ${whose}`, [id]);
  return row;
}

/** The grants that count under these settings, of users who are neither deleted nor disabled. */
function countingGrants(database: DataSource, oidc: OidcSettings, now: Date) {
  const grants = database.createQueryBuilder(ProviderGrant, 'pg').innerJoin('pg.user', 'u');
  grants.where(`u.deleted_at IS NULL AND u.is_disabled = FALSE AND ${IS_FROM_PROVIDER} AND ${IS_USABLE}`);
  return grants.setParameters(grantStatusParameters(oidc, now));
}

/** How many people whose login counts under the settings before have to log in again under those after. */
export function countTooOld(database: DataSource, before: OidcSettings, after: OidcSettings, now: Date) {
  const { loginsSince: tooOldFrom } = loginAgeParameters(after, now);
  const grants = countingGrants(database, { ...after, maxSignInDays: before.maxSignInDays }, now);
  return grants.andWhere('(pg.login_begun_at IS NULL OR pg.login_begun_at <= :tooOldFrom)', { tooOldFrom }).getCount();
}

/** How many people whose login counts are in no group that may log in, by the groups last told. */
export function countOutsideLoginGroups(database: DataSource, after: OidcSettings, now: Date) {
  const grants = countingGrants(database, after, now);
  return grants.andWhere(`NOT ${IS_IN_LOGIN_GROUP}`, loginGroupParameters(after, now)).getCount();
}
