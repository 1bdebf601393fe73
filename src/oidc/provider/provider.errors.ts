import { DomainError } from '../../common/domain-error.js';

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

/** The provider answered with an error, or with something that can't be used. */
export class ProviderError extends DomainError {
  readonly code = 'PROVIDER_ERROR';
  readonly status = 502;

  constructor(message: string, detail?: string) {
    super(message, { detail });
  }
}
