import { refusal } from '../common/errors/domain-error.js';

/** The mode can't change, because users other than the built-in administrator exist. */
export class AuthModeLocked extends refusal({
  code: 'AUTH_MODE_LOCKED',
  status: 409,
  fact: 'The auth mode cannot change while users other than the built-in administrator exist ({userCount} now).',
  hint: 'Remove them first, in OIDC mode with the command mooring mode reset, or keep the mode.',
  carries: { userCount: 'how many users keep the mode from changing' },
}) {
  override readonly extensions: { readonly userCount: number };

  constructor(userCount: number) {
    super({ values: { userCount } });
    this.extensions = { userCount };
  }
}
