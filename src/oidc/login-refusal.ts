import type { User } from '../users/index.js';

/** Why a person whom the provider has logged in is refused here. */
export enum LoginRefusal {
  USER_DISABLED = 'USER_DISABLED',
  LOGIN_NOT_ALLOWED = 'LOGIN_NOT_ALLOWED',
}

type Account = Pick<User, 'isDisabled'>;

/** Whether logins of an account are refused, whatever the provider says of its person. The only home of this rule. */
export function isAccountRefused({ isDisabled }: Account): boolean {
  return isDisabled;
}

/**
 * Why a login would be refused; null if it would not be.
 *
 * @param account that of the person, or null if they have none yet
 * @param isAllowed whether the groups of the person let them log in
 */
export function loginRefusalOf(account: Account | null, isAllowed: boolean): LoginRefusal | null {
  if (account !== null && isAccountRefused(account)) return LoginRefusal.USER_DISABLED;
  return isAllowed ? null : LoginRefusal.LOGIN_NOT_ALLOWED;
}
