import { refusal } from '../../common/errors/domain-error.js';

/** The provider did not answer in time, could not be reached, or answered with an error of its own (429, 5xx). */
export class ProviderUnavailable extends refusal({
  code: 'PROVIDER_UNAVAILABLE',
  status: 503,
  fact: 'The OpenID provider did not answer in time, or answered with an error of its own.',
  hint: 'Try again in a minute; if this continues, tell an administrator.',
}) {
  override readonly auditedDetail?: string;

  /** @param detail how it failed, for the log and the audit log; from a fixed vocabulary */
  constructor(detail?: string) {
    super({ detail });
    this.auditedDetail = detail;
  }
}

/**
 * The logout token is invalid or was already used (OpenID Connect Back-Channel Logout 1.0, section 2.8). The provider
 * reads `error`, as everywhere in OAuth.
 */
export class LogoutTokenRefused extends refusal({
  code: 'BAD_USER_INPUT',
  status: 400,
  fact: 'The logout token is invalid or was already used: {reason}.',
  hint: 'Nobody was logged out: send a new token.',
  carries: {
    error: '`invalid_request` (OpenID Connect Back-Channel Logout 1.0, section 2.8)',
    error_description: 'the message',
  },
}) {
  override readonly extensions: Readonly<Record<string, unknown>>;

  constructor(reason: string) {
    super({ values: { reason }, detail: reason });
    this.extensions = { error: 'invalid_request', error_description: this.message };
  }
}

/** The provider answered with an error, or with an answer that can't be used. */
export class ProviderError extends refusal({
  code: 'PROVIDER_ERROR',
  status: 502,
  fact: 'The OpenID provider answered with an error, or with an answer that cannot be used.',
  hint: 'Try again; if this continues, tell an administrator.',
}) {
  /** @param auditedDetail what is wrong with the answer, for the audit log; from a fixed vocabulary */
  constructor(
    message?: string,
    detail?: string,
    override readonly auditedDetail?: string,
  ) {
    super({ message, detail });
  }
}

/**
 * The provider refused one method of client authentication, and the code with it: with the other method, which it accepts,
 * the same code is no longer valid. A new login succeeds, because that method is tried first from now on.
 */
export class CodeSpent extends refusal({
  code: 'PROVIDER_ERROR',
  status: 502,
  fact: 'The OpenID provider ended the login while Mooring tried how to authenticate itself there.',
  hint: 'Log in again.',
}) {
  override readonly auditedDetail: string;

  /** @param detail the answers of the token endpoint, for the log and the audit log; from a fixed vocabulary */
  constructor(detail: string) {
    super({ detail });
    this.auditedDetail = detail;
  }
}
