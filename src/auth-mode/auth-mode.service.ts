import { Injectable } from '@nestjs/common';
import { BadUserInput } from '../common/errors/common.errors.js';
import { isForeignKeyRefusal } from '../common/persistence/conditional-write.js';
import { AuthMode } from '../settings/auth-mode.js';
import { GeneralPatch, OidcPatch, patched, settingsIn } from '../settings/settings.document.js';
import { OidcNotConfigured, SettingsConflict } from '../settings/settings.errors.js';
import { missingForOidcMode } from '../settings/oidc-settings.schema.js';
import { Settings, SettingsService } from '../settings/settings.service.js';
import { UsersService } from '../users/users.service.js';
import { AuthModeLocked } from './auth-mode.errors.js';

/** A change of the configuration; what is left out stays, and neither part can be cleared. */
export interface ConfigurationChange extends GeneralPatch {
  readonly authMode?: AuthMode | null;
  readonly oidc?: OidcPatch | null;
}

function refuseNull(change: ConfigurationChange): void {
  const cleared = (['authMode', 'oidc'] as const).filter((name) => change[name] === null);
  const message = 'can be changed but not cleared.';
  const problems = cleared.map((name) => ({ path: [name], code: 'NOT_NULL', message }));
  if (problems.length > 0) throw new BadUserInput(problems);
}

/**
 * Changes the configuration, the auth mode included. That the mode changes only while no user but the built-in
 * administrator exists is a foreign key of `users`; here its refusal is put into words.
 */
@Injectable()
export class AuthModeService {
  constructor(
    private readonly settings: SettingsService,
    private readonly users: UsersService,
  ) {}

  /** How many users keep the mode from being changed; 0 where none does. */
  lockingUsers(): Promise<number> {
    return this.users.countBesideBuiltIn();
  }

  /**
   * Puts a change in force, on every replica from the next request on.
   *
   * @throws {SettingsConflict} where `revision` is no longer the current one
   * @throws {SettingReadOnly} for what the operator has fixed
   * @throws {BadUserInput} that names every field with a value that could not work
   * @throws {OidcNotConfigured} where OIDC mode is or would be in force without what it needs
   * @throws {AuthModeLocked} where users of the mode in force exist
   */
  async change(revision: number, change: ConfigurationChange): Promise<Settings> {
    const current = await this.settings.catchUp();
    if (revision !== current.revision) throw new SettingsConflict(current.revision);
    this.settings.refuseFixed(settingsIn(change));
    refuseNull(change);
    const authMode = change.authMode ?? current.authMode;
    const next = patched(current, change, change.oidc ?? {});
    const missing = authMode === AuthMode.OIDC ? missingForOidcMode(next.oidc) : [];
    if (missing.length > 0) throw new OidcNotConfigured(missing);
    try {
      return await this.settings.replace({ revision, authMode, ...next });
    } catch (error) {
      if (!isForeignKeyRefusal(error)) throw error;
      throw new AuthModeLocked(await this.lockingUsers());
    }
  }
}
