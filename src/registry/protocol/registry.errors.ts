import type { RegistryLoginName } from './registry-login-name.js';
import { refusal } from '../../common/errors/domain-error.js';

/** A token request does not follow the protocol, or is for another registry. */
export class BadTokenRequest extends refusal({
  code: 'UNSUPPORTED',
  status: 400,
  fact: 'The token request does not follow the protocol, or is for another registry.',
  hint: 'Check the realm and service of the registry.',
}) {
  constructor(message?: string) {
    super({ message });
  }
}

/** The user name with its password or CLI secret is not accepted; `reason` is the status, for the audit log. */
export class RegistryLoginRefused extends refusal({
  code: 'UNAUTHORIZED',
  status: 401,
  fact: 'The user name with this password or CLI secret is not accepted.',
  hint: 'The message names the next step.',
}) {
  constructor(
    message: string,
    readonly reason: string,
    readonly presented?: RegistryLoginName,
  ) {
    super({ message });
  }
}

/** Whether a CLI secret is valid is unknown at the moment, because the provider does not answer. */
export class RegistryLoginUnavailable extends refusal({
  code: 'UNAVAILABLE',
  status: 503,
  fact: 'The CLI secret cannot be checked at the moment, because the OpenID provider does not answer.',
  hint: 'Try again later.',
  carries: { retryAfterSeconds: 'how long to wait' },
}) {
  override readonly extensions: { readonly retryAfterSeconds: number };

  constructor(
    message: string,
    readonly reason: string,
    retryAfterSeconds: number,
    readonly presented?: RegistryLoginName,
  ) {
    super({ message });
    this.extensions = { retryAfterSeconds };
  }
}
