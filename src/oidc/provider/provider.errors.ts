import { DomainError } from '../../common/errors/domain-error.js';

/** The provider did not answer in time, or could not be reached. */
export class ProviderUnavailable extends DomainError {
  readonly code = 'PROVIDER_UNAVAILABLE';
  readonly status = 503;

  constructor(detail?: string) {
    super('The OpenID provider did not answer in time. Try again in a minute; if it goes on, tell an administrator.', {
      detail,
    });
  }
}

/**
 * What was presented as a logout token is none that counts (OpenID Connect Back-Channel Logout 1.0, section 2.8). Who
 * sends one reads `error`, as everywhere in OAuth.
 */
export class LogoutTokenRefused extends DomainError {
  readonly code = 'BAD_USER_INPUT';
  readonly status = 400;
  override readonly extensions: Readonly<Record<string, unknown>>;

  constructor(reason: string) {
    super(`The logout token is refused: ${reason}. Nothing was ended.`, { detail: reason });
    this.extensions = { error: 'invalid_request', error_description: this.message };
  }
}

/** The provider answered with an error, or with something that can't be used. */
export class ProviderError extends DomainError {
  readonly code = 'PROVIDER_ERROR';
  readonly status = 502;

  constructor(message: string, detail?: string) {
    super(message, { detail });
  }
}
