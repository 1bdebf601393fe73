import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { Clock } from '../../common/runtime/clock.js';
import { WrongCredentials } from '../../common/errors/common.errors.js';
import { changedARow } from '../../common/persistence/conditional-write.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { UnsupportedInAuthMode } from '../../settings/settings.errors.js';
import { SettingsService } from '../../settings/settings.service.js';
import { newStamp } from '../security-stamp.js';
import { BUILT_IN_ADMIN_ID, User } from '../user.entity.js';
import { LocalLoginService } from './local-login.service.js';
import { PasswordHasher } from './password-hasher.js';
import { demandStrength } from './password-strength.js';

/** Changes the caller's own password. */
@Injectable()
export class PasswordChange {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly logins: LocalLoginService,
    private readonly hasher: PasswordHasher,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes a password, if the current one is right. All sessions of the user end, except those that are given the new
   * security stamp in place of `stampBefore`.
   *
   * @param address the client address; null if it is not known
   * @throws {UnsupportedInAuthMode} in OIDC mode, except for the built-in administrator
   * @throws {WrongCredentials} if the current password is wrong
   * @throws {RateLimited} after too many wrong passwords
   * @throws {BadUserInput} if the new password is too weak
   */
  async changePassword(
    id: string,
    current: SecretText,
    next: SecretText,
    address: string | null,
  ): Promise<{ user: User; stampBefore: string }> {
    const { authMode } = this.settings.current();
    if (authMode === AuthMode.OIDC && id !== BUILT_IN_ADMIN_ID) throw new UnsupportedInAuthMode(authMode);
    const user = await this.logins.confirm(id, current, address);
    demandStrength(next, 'newPassword');
    const change = { passwordHash: await this.hasher.hash(next, address), ...newStamp(this.clock.now()) };
    // Another stamp means that the password was changed, or the sessions were ended, since the password was checked.
    const unchanged = { id, securityStamp: user.securityStamp, isDisabled: false, deletedAt: IsNull() };
    if (!changedARow(await this.rows.update(unchanged, change))) throw new WrongCredentials();
    return { user: this.rows.create({ ...user, ...change }), stampBefore: user.securityStamp };
  }
}
