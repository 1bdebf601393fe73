import { DomainError, refusal } from '../../common/errors/domain-error.js';
import { LoginLimit } from './login-limit.js';

/** The provider knows the person, but lists them in none of the groups that may log in here. */
export class LoginNotAllowed extends refusal({
  code: 'LOGIN_NOT_ALLOWED',
  status: 403,
  fact: 'You are logged in at the identity provider, but you are in no group there that may log in here.',
  hint: 'Ask an administrator to let you in, then log in again.',
}) {}

/** The browser login of this session is older than an administrator allows. */
export class LoginTooOld extends refusal({
  code: 'UNAUTHENTICATED',
  status: 401,
  fact: 'Your last login was longer ago than an administrator allows.',
  hint: 'Log in again.',
  carries: { reason: '`LOGIN_TOO_OLD`' },
}) {
  override readonly extensions = { reason: 'LOGIN_TOO_OLD' };
  override readonly auditedAs = 'LOGIN_TOO_OLD';
}

/** The limit that a refusal of {@link loginLimitRefusal} tells of; null for any other one. */
export function loginLimitIn(refusal: DomainError): LoginLimit | null {
  if (refusal instanceof LoginTooOld) return LoginLimit.LOGIN_TOO_OLD;
  return refusal instanceof LoginNotAllowed ? LoginLimit.LOGIN_NOT_ALLOWED : null;
}

/** The refusal of a session that a limit ends. */
export function loginLimitRefusal(limit: LoginLimit): DomainError {
  return limit === LoginLimit.LOGIN_TOO_OLD ? new LoginTooOld() : new LoginNotAllowed();
}
