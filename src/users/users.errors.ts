import { DomainError } from '../common/errors/domain-error.js';

/** The user name belongs, or belonged, to somebody else; `suggestion` is one that is free. */
export class UsernameTaken extends DomainError {
  readonly code = 'USERNAME_TAKEN';
  readonly status = 409;
  override readonly extensions: { readonly suggestion: string | null };

  constructor(suggestion: string | null) {
    super('This user name is taken. Choose another one.');
    this.extensions = { suggestion };
  }
}

/** Passwords are not for this mode; `loginUrl` is where to log in instead. The same for every name but the administrator's. */
export class UseOidcLogin extends DomainError {
  readonly code = 'USE_OIDC_LOGIN';
  readonly status = 401;
  override readonly extensions: { readonly loginUrl: string };

  constructor(loginUrl: string) {
    super('Log in through the OIDC provider; only the built-in administrator has a password here.');
    this.extensions = { loginUrl };
  }
}

/** Another local account has this e-mail address. */
export class EmailTaken extends DomainError {
  readonly code = 'EMAIL_TAKEN';
  readonly status = 409;

  constructor() {
    super('Another account has this e-mail address. Use another one, or ask an administrator.');
  }
}

/** Whether an error tells that somebody has an e-mail address. */
export function isEmailTaken(error: unknown): boolean {
  return error instanceof EmailTaken;
}

/** People may not make accounts for themselves here. */
export class SelfRegistrationOff extends DomainError {
  readonly code = 'SELF_REGISTRATION_OFF';
  readonly status = 403;

  constructor() {
    super('Self-registration is off. Ask an administrator for an account.');
  }
}

/** The built-in administrator can't be deleted, disabled, demoted, or have his password reset. */
export class BuiltInAdminProtected extends DomainError {
  readonly code = 'BUILT_IN_ADMIN_PROTECTED';
  readonly status = 409;

  constructor() {
    super("The built-in administrator can't be deleted, disabled or demoted, and only he changes his password.");
  }
}
