import { DomainError } from '../../common/errors/domain-error.js';

/** The provider sent back a login that this browser has not begun, has finished already, or began too long ago. */
export class LoginAttemptUnknown extends DomainError {
  readonly code = 'FORBIDDEN';
  readonly status = 403;

  constructor(detail: string) {
    super(
      'This login was begun in another browser, was used already, or has waited too long. Go back to the login page and begin again.',
      { detail },
    );
  }
}

/** The provider vouches for somebody whom an administrator has barred. */
export class UserDisabled extends DomainError {
  readonly code = 'FORBIDDEN';
  readonly status = 403;

  constructor() {
    super('Your account was disabled by an administrator. Ask one to enable it.');
  }
}

/** No login waits for a user name in this browser. */
export class OnboardingExpired extends DomainError {
  readonly code = 'ONBOARDING_EXPIRED';
  readonly status = 409;

  constructor() {
    super('No login waits for a user name in this browser, or it has waited for more than 15 minutes. Log in again.');
  }
}

/** The provider sent back a logout that this browser has not begun. */
export class LogoutUnknown extends DomainError {
  readonly code = 'FORBIDDEN';
  readonly status = 403;

  constructor() {
    super('This logout was begun in another browser, or too long ago. You are logged out at the provider alone.');
  }
}
