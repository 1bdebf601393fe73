import { refusal } from '../common/errors/domain-error.js';
import { AuthMode } from './auth-mode.js';

/** Another change of the settings came first; `revision` is the one now in force. */
export class SettingsConflict extends refusal({
  code: 'CONFLICT',
  status: 409,
  fact: 'Somebody else changed the configuration first.',
  hint: 'Load it again and repeat your change.',
  carries: { revision: 'the revision now in force' },
}) {
  override readonly extensions: { readonly revision: number };

  constructor(revision: number) {
    super();
    this.extensions = { revision };
  }
}

/** OIDC mode needs settings that are not set; `missing` names them. */
export class OidcNotConfigured extends refusal({
  code: 'OIDC_NOT_CONFIGURED',
  status: 409,
  fact: 'OIDC mode needs {missing}.',
  hint: 'Set what is missing and try again.',
  carries: { missing: 'the names of the settings' },
}) {
  override readonly extensions: { readonly missing: readonly string[] };

  constructor(missing: readonly string[]) {
    super({ values: { missing: missing.join(', ') } });
    this.extensions = { missing };
  }
}

/** The operator set these settings at the start; `settings` names each of them in the change. */
export class SettingReadOnly extends refusal({
  code: 'SETTING_READ_ONLY',
  status: 409,
  fact: 'Set by the operator in {variable}: {settings}.',
  hint: 'Leave them out of the change, or ask the operator to change {variable}.',
  carries: {
    settings: 'the names of the settings; `accessRules` stands for the rules of the settings file',
    variable: 'where the operator set them: FIXED_SETTINGS or SETTINGS_FILE',
  },
}) {
  override readonly extensions: { readonly settings: readonly string[]; readonly variable: string };

  constructor(settings: readonly string[], variable: string) {
    super({ values: { settings: settings.join(', '), variable } });
    this.extensions = { settings, variable };
  }
}

/** The encryption key does not fit the database; Mooring does not start. */
export class EncryptionKeyUnusable extends Error {}

/** The operation exists only in the other auth mode. */
export class UnsupportedInAuthMode extends refusal({
  code: 'UNSUPPORTED_IN_AUTH_MODE',
  status: 409,
  fact: 'This is not available in {authMode} mode, which is in force.',
  hint: 'An administrator chooses the mode in the configuration.',
  carries: { authMode: 'the mode in force' },
}) {
  override readonly extensions: { readonly authMode: AuthMode };

  constructor(authMode: AuthMode) {
    super({ values: { authMode } });
    this.extensions = { authMode };
  }
}
