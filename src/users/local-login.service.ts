import { Inject, Injectable } from '@nestjs/common';
import { WrongCredentials } from '../common/common.errors.js';
import { fold } from '../common/fold.js';
import { OIDC_LOGIN_PATH } from '../common/oidc-paths.js';
import { SECRET_MAX_LENGTH } from '../common/secret-policy.js';
import { SecretText } from '../common/secret-text.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { AuthMode } from '../settings/auth-mode.js';
import { SettingsService } from '../settings/settings.service.js';
import { PasswordHasher } from './password-hasher.js';
import { BUILT_IN_ADMIN_NAME, User } from './user.entity.js';
import { USERNAME_MAX_LENGTH } from './username.js';
import { UseOidcLogin } from './users.errors.js';
import { UsersService } from './users.service.js';

/** Tells who a user name and password belong to. In OIDC mode only the built-in administrator may use a password. */
@Injectable()
export class LocalLoginService {
  constructor(
    private readonly users: UsersService,
    private readonly hasher: PasswordHasher,
    private readonly settings: SettingsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * The user who has this name and password.
   *
   * @throws {UseOidcLogin} in OIDC mode for every name but the built-in administrator's, whether it exists or not
   * @throws {WrongCredentials} whatever was wrong
   * @throws {RateLimited} where too many passwords wait to be checked
   */
  async verify(username: string, password: SecretText): Promise<User> {
    const isPlausible = username.length <= 4 * USERNAME_MAX_LENGTH && password.reveal().length <= 4 * SECRET_MAX_LENGTH;
    if (!isPlausible) throw new WrongCredentials();
    const isOidcMode = this.settings.current().authMode === AuthMode.OIDC;
    if (isOidcMode && fold(username) !== BUILT_IN_ADMIN_NAME) throw new UseOidcLogin(this.loginUrl);
    const user = await this.users.byName(username);
    const fits = await this.hasher.fits(password, user?.passwordHash ?? null);
    if (!user || !fits || user.isDisabled) throw new WrongCredentials();
    return user;
  }

  private get loginUrl(): string {
    return new URL(OIDC_LOGIN_PATH, this.environment.publicUrl).href;
  }
}
