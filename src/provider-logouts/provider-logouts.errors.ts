import { refusal } from '../common/errors/domain-error.js';

/** The provider reported the logout of a login that was still in progress here. */
export class LoggedOutMeanwhile extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'You were logged out at the OpenID provider while you were logging in here.',
  hint: 'Log in again.',
}) {
  override readonly auditedAs = 'PROVIDER_LOGOUT';
}
