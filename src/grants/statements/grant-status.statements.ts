import { GrantSettings, LoginAgeSettings, OidcTokenState } from '../status/grant-status.js';

const DAY_MS = 86_400_000;

// The rule of `grantStatusOf` in SQL, for lists; grant-status.statements.spec.ts compares the two. The statements call
// `provider_grants` pg and `users` u, and take the parameters of `grantStatusParameters`.

const isFreshAt = (moment: string) => `(pg.expires_at > :${moment} AND
  (:recheckMinutes = 0 OR COALESCE(pg.vouched_at, pg.expires_at) > :${moment}LessRecheck))`;
const IS_FRESH = isFreshAt('now');
const IS_IN_GRACE = `pg.failure = 'UNAVAILABLE' AND ${isFreshAt('nowLessGrace')}`;

/** Condition: the grant came from the currently configured provider. */
export const IS_FROM_PROVIDER = 'pg.issuer = :issuer AND pg.client_id = :clientId';

/** Condition on `provider_grants` pg: the login is not too old. */
export const LOGIN_COUNTS = '(:maxSignInDays = 0 OR pg.login_begun_at > :loginsSince)';

/** The parameters of {@link LOGIN_COUNTS}. */
export function loginAgeParameters({ maxSignInDays }: LoginAgeSettings, now: Date) {
  return { maxSignInDays, loginsSince: new Date(now.getTime() - maxSignInDays * DAY_MS) };
}

/** Condition: the grant, of that provider, counts or can be refreshed without another login. */
export const IS_USABLE = `pg.end_reason IS NULL AND ${LOGIN_COUNTS} AND 
  (${IS_FRESH} OR (pg.sealed_refresh_token IS NOT NULL AND pg.unclear_from_ms IS NULL))`;

const hasGrant = (condition: string) =>
  `EXISTS (SELECT 1 FROM provider_grants pg WHERE pg.user_id = u.id AND ${IS_FROM_PROVIDER} AND ${condition})`;

/** Condition: the grant of the user has this status. */
export const HAS_STATUS: Readonly<Record<OidcTokenState, string>> = {
  [OidcTokenState.FRESH]: hasGrant(`${IS_USABLE} AND ${IS_FRESH}`),
  [OidcTokenState.REFRESHABLE]: hasGrant(
    `${IS_USABLE} AND NOT ${IS_FRESH} AND (pg.failure IS NULL OR NOT (${IS_IN_GRACE}))`,
  ),
  [OidcTokenState.OUTAGE_GRACE]: hasGrant(`${IS_USABLE} AND NOT ${IS_FRESH} AND ${IS_IN_GRACE}`),
  [OidcTokenState.REAUTHENTICATION_REQUIRED]: `u.issuer IS NOT NULL AND NOT ${hasGrant(IS_USABLE)}`,
};

// Each is a range of an index: by "IS NOT NULL" SQLite would rather read all grants. Where a term of IS_FROM_PROVIDER or IS_USABLE does
// not hold, one of these does.
const IN_QUESTION = [
  "pg.end_reason > ''",
  'pg.unclear_from_ms IS NOT NULL',
  'pg.sealed_refresh_token IS NULL',
  ...['<', '>'].flatMap((other) => [
    `pg.issuer ${other} :issuer`,
    `pg.issuer = :issuer AND pg.client_id ${other} :clientId`,
  ]),
].map((condition) => `SELECT pg.user_id FROM provider_grants pg WHERE ${condition}`);

/**
 * A query for the ids of all users who have a grant and REAUTHENTICATION_REQUIRED, and of others, some twice; it reads no other
 * grants. Null under settings for which no index finds them.
 */
export function grantsInQuestion({ endpoint, clientId, maxSignInDays }: GrantSettings): string | null {
  return endpoint === null || clientId === null || maxSignInDays > 0 ? null : IN_QUESTION.join(' UNION ALL ');
}

/** The parameters of these conditions. */
export function grantStatusParameters(settings: GrantSettings, now: Date): Readonly<Record<string, unknown>> {
  const { endpoint, clientId, recheckMinutes, outageGraceMinutes } = settings;
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  return {
    ...{ issuer: endpoint, clientId, recheckMinutes, now, ...loginAgeParameters(settings, now) },
    ...{ nowLessRecheck: before(recheckMinutes), nowLessGrace: before(outageGraceMinutes) },
    nowLessGraceLessRecheck: before(outageGraceMinutes + recheckMinutes),
  };
}
