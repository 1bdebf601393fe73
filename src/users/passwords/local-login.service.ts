import { Inject, Injectable } from '@nestjs/common';
import { WrongCredentials } from '../../common/errors/common.errors.js';
import { fold } from '../../common/text/case-folding.js';
import { OIDC_LOGIN_PATH } from '../../config/public-urls.js';
import { SECRET_MAX_LENGTH } from '../../common/crypto/secret-policy.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { SettingsService } from '../../settings/settings.service.js';
import { BruteForceGuard } from '../../throttling/brute-force-guard.service.js';
import { PasswordCheck, PresentedPassword } from './password-check.service.js';
import { BUILT_IN_ADMIN_NAME, User } from '../user.entity.js';
import { USERNAME_MAX_LENGTH } from '../names/username.js';
import { UseOidcLogin } from '../users.errors.js';
import { UsersService } from '../users.service.js';

/** Tells who a user name and password belong to. In OIDC mode only the built-in administrator may use a password. */
@Injectable()
export class LocalLoginService {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordCheck,
    private readonly settings: SettingsService,
    private readonly throttle: BruteForceGuard,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * The user who has this name and password, as they stand after the password was checked.
   *
   * @throws {UseOidcLogin} in OIDC mode for every name but the built-in administrator's, whether it exists or not
   * @throws {WrongCredentials} whatever was wrong
   * @throws {RateLimited} where too many were wrong before, or too many wait to be checked
   */
  async verify(presented: PresentedPassword): Promise<User> {
    const { username, password } = presented;
    const isPlausible = username.length <= 4 * USERNAME_MAX_LENGTH && password.reveal().length <= 4 * SECRET_MAX_LENGTH;
    if (!isPlausible) throw new WrongCredentials();
    const isOidcMode = this.settings.current().authMode === AuthMode.OIDC;
    if (isOidcMode && fold(username) !== BUILT_IN_ADMIN_NAME) throw new UseOidcLogin(this.loginUrl);
    return this.checked(presented, () => this.users.byNameAlike(username));
  }

  /**
   * The user with this id, in either mode, whose password it is, as they stand after it was checked.
   *
   * @throws {WrongCredentials} {@link RateLimited}
   */
  async confirm(id: string, password: SecretText, address: string | null): Promise<User> {
    const user = await this.users.byId(id);
    return this.checked({ username: user?.username ?? '', password, address }, () => Promise.resolve(user));
  }

  private async checked(presented: PresentedPassword, named: () => Promise<User | null>): Promise<User> {
    const { username, password: secret, address } = presented;
    const check = async () => this.passwords.holderOf(await named(), presented);
    const user = await this.throttle.guessable({ address }, { username, secret }, check);
    if (!user) throw new WrongCredentials();
    return user;
  }

  private get loginUrl(): string {
    return new URL(OIDC_LOGIN_PATH, this.environment.publicUrl).href;
  }
}
