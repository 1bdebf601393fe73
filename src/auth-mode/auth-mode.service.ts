import { Injectable } from '@nestjs/common';
import { BadUserInput } from '../common/errors/common.errors.js';
import { isForeignKeyRefusal } from '../common/persistence/conditional-write.js';
import { AuthMode } from '../settings/auth-mode.js';
import { GeneralPatch, OidcPatch, patched, settingsIn, StoredSettings } from '../settings/settings.document.js';
import { OidcNotConfigured, SettingsConflict } from '../settings/settings.errors.js';
import { missingForOidcMode } from '../settings/oidc-settings.schema.js';
import { Settings, SettingsService } from '../settings/settings.service.js';
import { UsersService } from '../users/index.js';
import { AuthModeLocked } from './auth-mode.errors.js';

/** A change of the configuration; a field left out stays as it is, and neither part can be cleared. */
export interface ConfigurationChange extends GeneralPatch {
  readonly authMode?: AuthMode | null;
  readonly oidc?: OidcPatch | null;
}

/** A change of the configuration that was made. */
export interface ChangedConfiguration {
  /** The settings that were in force when the change was written. */
  readonly before: Settings;
  /** What the change made of them. */
  readonly written: StoredSettings & Pick<Settings, 'authMode'>;
  /** The settings in force now: others may have changed them since. */
  readonly current: Settings;
}

function refuseNull(change: ConfigurationChange): void {
  const cleared = (['authMode', 'oidc'] as const).filter((name) => change[name] === null);
  const message = 'can be changed but not cleared.';
  const problems = cleared.map((name) => ({ path: [name], code: 'NOT_NULL', message }));
  if (problems.length > 0) throw new BadUserInput(problems);
}

/**
 * Changes the configuration, the auth mode included. A foreign key of `users` lets the mode change only
 * while no user except the built-in administrator exists; here its error becomes {@link AuthModeLocked}.
 */
@Injectable()
export class AuthModeService {
  constructor(
    private readonly settings: SettingsService,
    private readonly users: UsersService,
  ) {}

  /** The number of users that keep the mode from changing. */
  lockingUsers(): Promise<number> {
    return this.users.countBesideBuiltIn();
  }

  /**
   * Applies a change, on every replica from the next request on.
   *
   * @throws {SettingsConflict} if `revision` is no longer the current one
   * @throws {SettingReadOnly} for settings in FIXED_SETTINGS
   * @throws {BadUserInput} that names every field with an invalid value
   * @throws {OidcNotConfigured} if OIDC mode is or would be in force without its required settings
   * @throws {AuthModeLocked} if users of the mode in force exist
   */
  async change(revision: number, change: ConfigurationChange): Promise<ChangedConfiguration> {
    const current = await this.settings.catchUp();
    if (revision !== current.revision) throw new SettingsConflict(current.revision);
    this.settings.refuseFixed(settingsIn(change));
    refuseNull(change);
    const authMode = change.authMode ?? current.authMode;
    const next = patched(current, change, change.oidc ?? {});
    const missing = authMode === AuthMode.OIDC ? missingForOidcMode(next.oidc) : [];
    if (missing.length > 0) throw new OidcNotConfigured(missing);
    try {
      const written = { authMode, ...next };
      return { before: current, written, current: await this.settings.replace({ revision, ...written }) };
    } catch (error) {
      if (!isForeignKeyRefusal(error)) throw error;
      throw new AuthModeLocked(await this.lockingUsers());
    }
  }
}
