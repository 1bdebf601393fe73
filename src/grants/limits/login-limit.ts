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
}

/** The columns of a {@link LimitedLogin} beside its origin, for statements that call `provider_grants` `g`. */
export const LIMITED_LOGIN =
  'g.login_begun_at AS grantLoginBegunAt, g.group_names AS grantGroupNames, g.groups_told_at AS grantGroupsToldAt';

/**
 * Why a person who logged in at the provider may not be logged in now; null if they may. The only home of this rule, for
 * sessions, administration and service tokens; the status of a CLI secret has its two halves. Without a grant of the
 * configured provider neither groups nor a login are known.
 */
export function loginLimitOf(login: LimitedLogin, settings: LimitSettings, now: Date): LoginLimit | null {
  const { grantLoginBegunAt: begunAt } = login;
  if (isLoginTooOld(settings, timeOf(begunAt), now)) return LoginLimit.LOGIN_TOO_OLD;
  if (settings.loginGroups.length === 0) return null;
  return mayLogIn(settings, groupsOf(login, settings), now) ? null : LoginLimit.LOGIN_NOT_ALLOWED;
}

function groupsOf(login: LimitedLogin, provider: NamedProvider): ToldGroups | null {
  const { grantIssuer, grantClientId, grantGroupNames, grantGroupsToldAt: toldAt } = login;
  if (grantIssuer === null || grantIssuer !== provider.endpoint || grantClientId !== provider.clientId) return null;
  return { names: JSON.parse(grantGroupNames ?? '[]') as string[], toldAt: timeOf(toldAt) };
}

const timeOf = (stored: StoredTimestamp | null) => (stored === null ? null : parseTimestamp(stored));
