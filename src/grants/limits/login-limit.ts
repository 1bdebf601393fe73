import { parseTimestamp, StoredTimestamp } from '../../common/persistence/stored-timestamp.js';
import { GroupKeeping, LoginGroupSettings, mayLogIn, ToldGroups } from '../../settings/group-rules.js';
import type { NamedProvider } from '../statements/grant-end.js';
import { isLoginTooOld, LoginAgeSettings } from '../status/grant-status.js';

/** Why an administrator's settings don't let a person be logged in, whatever the provider says. */
export enum LoginLimit {
  LOGIN_NOT_ALLOWED = 'LOGIN_NOT_ALLOWED',
  LOGIN_TOO_OLD = 'LOGIN_TOO_OLD',
}

/** The settings that limit logins. */
export type LimitSettings = LoginAgeSettings & LoginGroupSettings & GroupKeeping & NamedProvider;

/** The columns that decide whether the owner of a grant may be logged in; nulls without a grant. */
export interface LimitedLogin {
  readonly grantIssuer: string | null;
  readonly grantClientId: string | null;
  readonly grantLoginBegunAt: StoredTimestamp | null;
  readonly grantGroupNames: string | null;
  readonly grantGroupsToldAt: StoredTimestamp | null;
  /** When the provider last verified the grant; null if unknown. */
  readonly grantVerifiedAt?: StoredTimestamp | null;
  /** From when on no token of the grant counts, and none can be had without a login; null if the grant can be refreshed. */
  readonly grantOverAt?: StoredTimestamp | null;
}

/** The columns of a {@link LimitedLogin} beside its origin, for statements that call `provider_grants` `g`. */
export const LIMITED_LOGIN = `g.login_begun_at AS grantLoginBegunAt, g.group_names AS grantGroupNames,
  g.groups_told_at AS grantGroupsToldAt, g.vouched_at AS grantVerifiedAt,
  CASE WHEN g.end_reason IS NOT NULL THEN COALESCE(g.vouched_at, g.expires_at)
       WHEN g.sealed_refresh_token IS NULL THEN g.expires_at END AS grantOverAt`;

/**
 * Why a person who logged in at the provider may not be logged in now; null if they may. The only home of this rule, for
 * sessions, administration and service tokens; the status of a CLI secret has its two halves. Without a grant of the
 * configured provider neither groups nor a login are known.
 */
export function loginLimitOf(login: LimitedLogin, settings: LimitSettings, now: Date): LoginLimit | null {
  const { grantLoginBegunAt: begunAt } = login;
  if (isLoginTooOld(settings, timeOf(begunAt), now)) return LoginLimit.LOGIN_TOO_OLD;
  if (settings.loginGroups.length === 0) return null;
  return mayLogIn(settings, groupsOf(login, settings, now), now) ? null : LoginLimit.LOGIN_NOT_ALLOWED;
}

function groupsOf(login: LimitedLogin, provider: NamedProvider, now: Date): ToldGroups | null {
  const { grantIssuer, grantClientId, grantGroupNames } = login;
  if (grantIssuer === null || grantIssuer !== provider.endpoint || grantClientId !== provider.clientId) return null;
  return { names: JSON.parse(grantGroupNames ?? '[]') as string[], toldAt: toldAtOf(login, now) };
}

/** When the groups were sent, if before tokens that count or can be had; otherwise the tokens vouch for them no more. */
function toldAtOf({ grantGroupsToldAt, grantVerifiedAt, grantOverAt }: LimitedLogin, now: Date): Date | null {
  const overAt = timeOf(grantOverAt);
  const told = timeOf(grantGroupsToldAt);
  return told ?? (overAt !== null && overAt <= now ? (timeOf(grantVerifiedAt) ?? overAt) : null);
}

const timeOf = (stored: StoredTimestamp | null | undefined) => (stored ? parseTimestamp(stored) : null);
