import { DomainError } from '../../common/errors/domain-error.js';

/** A registry client asked for a token in a way that is not of the protocol, or for another registry. */
export class BadTokenRequest extends DomainError {
  readonly code = 'UNSUPPORTED';
  readonly status = 400;

  constructor(message: string) {
    super(message);
  }
}

/** A registry client's user name with its password or CLI secret is not accepted; the message says what to do. */
export class RegistryLoginRefused extends DomainError {
  readonly code = 'UNAUTHORIZED';
  readonly status = 401;

  constructor(
    message: string,
    readonly reason: string,
  ) {
    super(message);
  }
}

/** Whether a CLI secret is good can't be told at the moment, because the provider does not say. */
export class RegistryLoginUnavailable extends DomainError {
  readonly code = 'UNAVAILABLE';
  readonly status = 503;
  override readonly extensions: { readonly retryAfterSeconds: number };

  constructor(
    message: string,
    readonly reason: string,
    retryAfterSeconds: number,
  ) {
    super(message);
    this.extensions = { retryAfterSeconds };
  }
}
