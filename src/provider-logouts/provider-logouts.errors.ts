import { DomainError } from '../common/errors/domain-error.js';

/** The provider has told of a logout while the login that it ends was still under way. */
export class LoggedOutMeanwhile extends DomainError {
  readonly code = 'FORBIDDEN';
  readonly status = 403;
  override readonly auditedAs = 'PROVIDER_LOGOUT';

  constructor() {
    super('You were logged out at the OpenID provider while you were logging in here. Log in again.');
  }
}

/** An administrator by grant whose login the provider has ended, or that came from another provider than today's. */
export class AdministrationEnded extends DomainError {
  readonly code = 'FORBIDDEN';
  readonly status = 403;
  override readonly extensions = { reason: 'PROVIDER_LOGIN_ENDED' };

  constructor() {
    super('Your login at the OpenID provider has ended, and with it what you may administer. Log in again.');
  }
}
