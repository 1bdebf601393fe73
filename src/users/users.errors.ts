import { DomainError } from '../common/domain-error.js';

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
