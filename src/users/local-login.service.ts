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
import { GuessThrottle } from '../throttling/guess-throttle.service.js';
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
    private readonly throttle: GuessThrottle,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * The user who has this name and password.
   *
   * @param address where the password comes from
   * @throws {UseOidcLogin} in OIDC mode for every name but the built-in administrator's, whether it exists or not
   * @throws {WrongCredentials} whatever was wrong
   * @throws {RateLimited} where too many were wrong before, or too many wait to be checked
   */
  async verify(username: string, password: SecretText, address: string): Promise<User> {
    const isPlausible = username.length <= 4 * USERNAME_MAX_LENGTH && password.reveal().length <= 4 * SECRET_MAX_LENGTH;
    if (!isPlausible) throw new WrongCredentials();
    const isOidcMode = this.settings.current().authMode === AuthMode.OIDC;
    if (isOidcMode && fold(username) !== BUILT_IN_ADMIN_NAME) throw new UseOidcLogin(this.loginUrl);
    const check = () => this.userWith(username, password);
    const user = await this.throttle.guessable({ address }, { username, secret: password }, check);
    if (!user) throw new WrongCredentials();
    return user;
  }

  private async userWith(username: string, password: SecretText): Promise<User | null> {
    const user = await this.users.byName(username);
    const fits = await this.hasher.fits(password, user?.passwordHash ?? null);
    return user && fits && !user.isDisabled ? user : null;
  }

  private get loginUrl(): string {
    return new URL(OIDC_LOGIN_PATH, this.environment.publicUrl).href;
  }
}
