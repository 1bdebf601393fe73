import { refusal } from '../common/errors/domain-error.js';

/** The user name belongs, or belonged, to somebody else; `suggestion` is one that is free. */
export class UsernameTaken extends refusal({
  code: 'USERNAME_TAKEN',
  status: 409,
  fact: 'This user name is taken.',
  hint: 'Choose another one.',
  carries: { suggestion: 'a user name that is free, or null' },
}) {
  override readonly extensions: { readonly suggestion: string | null };

  constructor(suggestion: string | null) {
    super();
    this.extensions = { suggestion };
  }
}

/** Only the built-in administrator has a password in OIDC mode. The same for every other name. */
export class UseOidcLogin extends refusal({
  code: 'USE_OIDC_LOGIN',
  status: 401,
  fact: 'Only the built-in administrator logs in with a password in OIDC mode.',
  hint: 'Log in through the OpenID provider.',
  carries: { loginUrl: 'where to log in' },
}) {
  override readonly extensions: { readonly loginUrl: string };

  constructor(loginUrl: string) {
    super();
    this.extensions = { loginUrl };
  }
}

/** Another local account has this e-mail address. */
export class EmailTaken extends refusal({
  code: 'EMAIL_TAKEN',
  status: 409,
  fact: 'Another account has this e-mail address.',
  hint: 'Use another one, or ask an administrator.',
}) {}

/** Whether an error says that another account has an e-mail address. */
export function isEmailTaken(error: unknown): boolean {
  return error instanceof EmailTaken;
}

/** Self-registration is off. */
export class SelfRegistrationOff extends refusal({
  code: 'SELF_REGISTRATION_OFF',
  status: 403,
  fact: 'Self-registration is off.',
  hint: 'Ask an administrator for an account.',
}) {}

/** The built-in administrator can't be deleted, disabled or demoted, and only they can change their password. */
export class BuiltInAdminProtected extends refusal({
  code: 'BUILT_IN_ADMIN_PROTECTED',
  status: 409,
  fact: 'The built-in administrator cannot be deleted, disabled or demoted, and only they can change their password.',
  hint: 'Log in as the built-in administrator to change the password.',
}) {}
