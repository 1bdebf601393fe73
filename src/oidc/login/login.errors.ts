import { refusal } from '../../common/errors/domain-error.js';

/** The login that the provider sent back was not started in this browser, was completed already, or is too old. */
export class LoginAttemptUnknown extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'This login was started in another browser, was already completed, or took too long.',
  hint: 'Go back to the login page and start again.',
}) {
  /**
   * @param detail what did not fit, for the log
   * @param auditedDetail the same for the audit log, where this browser did begin the login; from a fixed vocabulary
   */
  constructor(
    detail: string,
    override readonly auditedDetail?: string,
  ) {
    super({ detail });
  }
}

/** A page, or a browser ahead of its person, asked for the address that begins a login. */
export class LoginNotOpened extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'A login begins only where a person opens its address, not in a page of another site or ahead of a click.',
  hint: 'Go to the login page.',
}) {}

/** The settings name another provider, or another client, than the one at which this login began. */
export class ProviderReplaced extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'An administrator changed the OpenID provider while you were logging in.',
  hint: 'Log in again.',
}) {
  override readonly auditedDetail = 'the provider was replaced in the settings';

  constructor() {
    super({ detail: 'the provider was replaced in the settings' });
  }
}

/** The user got another identity at the provider while a login with the former one was in progress. */
export class IdentityReplaced extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'Your account got another identity at the OpenID provider while you were logging in.',
  hint: 'Log in again.',
}) {
  override readonly auditedDetail = 'the identity of the account was replaced';
}

/** The user has logged in at the provider, but an administrator has disabled the account here. */
export class UserDisabled extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'An administrator has disabled your account.',
  hint: 'Ask an administrator to enable it.',
}) {
  override readonly auditedDetail = 'the account is disabled';
}

/** The user was removed from the installation while they were logging in. */
export class UserRemoved extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'Your account was removed while you were logging in.',
  hint: 'Ask an administrator, or log in again for a new account.',
}) {}

/** This browser has no pending onboarding. */
export class OnboardingExpired extends refusal({
  code: 'ONBOARDING_EXPIRED',
  status: 409,
  fact: 'There is no pending onboarding in this browser, or it took longer than 15 minutes.',
  hint: 'Log in again.',
}) {}
