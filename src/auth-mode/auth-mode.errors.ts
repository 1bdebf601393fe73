import { DomainError } from '../common/domain-error.js';
import { AuthMode } from '../settings/auth-mode.js';

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

/** This is for the other auth mode. */
export class UnsupportedInAuthMode extends DomainError {
  readonly code = 'UNSUPPORTED_IN_AUTH_MODE';
  readonly status = 409;
  override readonly extensions: { readonly authMode: AuthMode };

  constructor(authMode: AuthMode) {
    super(
      `This is not for ${authMode} mode, which is in force. An administrator chooses the mode in the configuration.`,
    );
    this.extensions = { authMode };
  }
}
