import { DomainError } from '../common/errors/domain-error.js';
import { AuthMode } from './auth-mode.js';

/** Somebody else changed the settings first; `revision` is the one now in force. */
export class SettingsConflict extends DomainError {
  readonly code = 'CONFLICT';
  readonly status = 409;
  override readonly extensions: { readonly revision: number };

  constructor(revision: number) {
    super('Somebody else changed the configuration first. Load it again and repeat your change.');
    this.extensions = { revision };
  }
}

/** OIDC mode needs settings that are not there; `missing` names them. */
export class OidcNotConfigured extends DomainError {
  readonly code = 'OIDC_NOT_CONFIGURED';
  readonly status = 409;
  override readonly extensions: { readonly missing: readonly string[] };

  constructor(missing: readonly string[]) {
    super(`OIDC mode needs ${missing.join(', ')}. Set them and try again.`);
    this.extensions = { missing };
  }
}

/** The operator fixed a setting before the start; `settings` names every such one in the change. */
export class SettingReadOnly extends DomainError {
  readonly code = 'SETTING_READ_ONLY';
  readonly status = 409;
  override readonly extensions: { readonly settings: readonly string[] };

  constructor(settings: readonly string[]) {
    super(`Fixed from outside: ${settings.join(', ')}. Leave them out, or let the operator change FIXED_SETTINGS.`);
    this.extensions = { settings };
  }
}

/** The encryption key does not fit the database; Mooring refuses to start. */
export class EncryptionKeyUnusable extends Error {}

/** This is for the other auth mode. */
export class UnsupportedInAuthMode extends DomainError {
  readonly code = 'UNSUPPORTED_IN_AUTH_MODE';
  readonly status = 409;
  override readonly extensions: { readonly authMode: AuthMode };

  constructor(authMode: AuthMode) {
    super(
      `This is not for ${authMode} mode, which is in force. An administrator chooses the mode in the configuration.`,
    );
    this.extensions = { authMode };
  }
}
