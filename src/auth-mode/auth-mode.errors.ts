import { DomainError } from '../common/errors/domain-error.js';

/** The mode can't change, because users other than the built-in administrator exist. */
export class AuthModeLocked extends DomainError {
  readonly code = 'AUTH_MODE_LOCKED';
  readonly status = 409;
  override readonly extensions: { readonly userCount: number };

  constructor(userCount: number) {
    super(`The auth mode changes only while no user but the built-in administrator exists (others now: ${userCount}).`);
    this.extensions = { userCount };
  }
}
