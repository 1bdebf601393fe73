import { refusal } from '../common/errors/domain-error.js';

/** An administrator whose login at the provider has ended, or who logged in through another provider than the current one. */
export class AdministrationEnded extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'Your login at the OpenID provider has ended, and with it your administrator rights here.',
  hint: 'Log in again.',
  carries: { reason: '`PROVIDER_LOGIN_ENDED`' },
}) {
  override readonly extensions = { reason: 'PROVIDER_LOGIN_ENDED' };
}
