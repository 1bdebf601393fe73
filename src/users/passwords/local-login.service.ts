import { Inject, Injectable } from '@nestjs/common';
import { WrongCredentials } from '../../common/errors/common.errors.js';
import { fold } from '../../common/text/case-folding.js';
import { OIDC_LOGIN_PATH, publicUrlOf } from '../../config/public-urls.js';
import { SECRET_MAX_LENGTH } from '../../common/crypto/secret-policy.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { SettingsService } from '../../settings/settings.service.js';
import { BruteForceGuard } from '../../throttling/index.js';
import { PasswordCheck, PresentedPassword } from './password-check.service.js';
import { BUILT_IN_ADMIN_NAME, User } from '../user.entity.js';
import { USERNAME_MAX_LENGTH } from '../names/username.js';
import { UseOidcLogin } from '../users.errors.js';
import { UsersService } from '../users.service.js';

/** Logs local users in with a password. In OIDC mode only the built-in administrator may use a password. */
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
   * The user with this name and password, as read after the password was checked.
   *
   * @throws {UseOidcLogin} in OIDC mode for every name except the built-in administrator's, whether it exists or not
   * @throws {WrongCredentials} for a wrong name and a wrong password alike
   * @throws {RateLimited} after too many wrong passwords, or if too many wait to be checked
   */
  async verify(presented: PresentedPassword): Promise<User> {
    const { username, password } = presented;
    const isPlausible = username.length <= 4 * USERNAME_MAX_LENGTH && password.reveal().length <= 4 * SECRET_MAX_LENGTH;
    if (!isPlausible) throw new WrongCredentials();
    const isOidcMode = this.settings.current().authMode === AuthMode.OIDC;
    if (isOidcMode && fold(username) !== BUILT_IN_ADMIN_NAME) throw new UseOidcLogin(this.loginUrl);
    return this.check(presented, () => this.users.byNameInEqualTime(username));
  }

  /**
   * The user with this id, in either mode, as read after the password was checked.
   *
   * @throws {WrongCredentials} if it is not the user's password
   * @throws {RateLimited} after too many wrong passwords, or if too many wait to be checked
   */
  async confirm(id: string, password: SecretText, address: string | null): Promise<User> {
    const user = await this.users.byId(id);
    return this.check({ username: user?.username ?? '', password, address }, () => Promise.resolve(user));
  }

  private async check(presented: PresentedPassword, find: () => Promise<User | null>): Promise<User> {
    const { username, password: secret, address } = presented;
    const attempt = async () => this.passwords.check(await find(), presented);
    const user = await this.throttle.guessable({ address }, { username, secret }, attempt);
    if (!user) throw new WrongCredentials();
    return user;
  }

  private get loginUrl(): string {
    return publicUrlOf(this.environment, OIDC_LOGIN_PATH);
  }
}
