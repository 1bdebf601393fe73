import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { FindOptionsWhere, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { newId } from '../common/persistence/ids.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { AuthMode } from '../settings/auth-mode.js';
import { AccountCreation, Caller, NewAccount } from './account-creation.service.js';
import { changeLiving } from './living-user.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { demandStrength } from './passwords/password-strength.js';
import { newStamp } from './security-stamp.js';
import { storedAddress } from './stored-address.js';
import { BUILT_IN_ADMIN_ID, User } from './user.entity.js';
import { BuiltInAdminProtected } from './users.errors.js';
import { UsersService } from './users.service.js';
import { UserWord } from './words/user-word.entity.js';

/** Administrators' changes to other users: local accounts and their passwords, and the administrator role. */
@Injectable()
export class UserAdministration {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly users: UsersService,
    private readonly accounts: AccountCreation,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates a local account.
   *
   * @throws the errors of {@link AccountCreation.demandForm} and {@link AccountCreation.create}
   */
  async create(account: NewAccount, isAdmin: boolean, caller: Caller): Promise<User> {
    await this.accounts.demandForm(account);
    return this.accounts.create(account, isAdmin, caller);
  }

  /**
   * Deletes a local account. A tombstone keeps its name taken for ever and holds no other personal data.
   *
   * @throws {BuiltInAdminProtected} {@link NotFound}
   */
  async delete(id: string): Promise<void> {
    if (id === BUILT_IN_ADMIN_ID) throw new BuiltInAdminProtected();
    const now = this.clock.now();
    const nobody = { mode: null, ...storedAddress(null), localEmail: null, realName: null, comment: null };
    const change = {
      ...nobody,
      wordsDue: newId(),
      passwordHash: null,
      isAdmin: false,
      deletedAt: now,
      ...newStamp(now),
    };
    await this.change({ id, mode: AuthMode.DATABASE }, change);
    await this.rows.manager.delete(UserWord, { userId: id });
  }

  /**
   * Gives a local user a new password, and ends the user's sessions.
   *
   * @throws {BuiltInAdminProtected} {@link NotFound}
   * @throws {BadUserInput} if the password is too weak
   * @throws {RateLimited} if too many passwords wait to be hashed
   * @throws the error of `demandAccess`, if the caller lost the right during the wait for the hash
   */
  async resetPassword(id: string, next: SecretText, { address, demandAccess }: Caller): Promise<User> {
    if (id === BUILT_IN_ADMIN_ID) throw new BuiltInAdminProtected();
    demandStrength(next, 'newPassword');
    const passwordHash = await this.hasher.hash(next, address);
    await demandAccess();
    await this.change({ id, mode: AuthMode.DATABASE }, { passwordHash, ...newStamp(this.clock.now()) });
    return this.users.existing(id);
  }

  /**
   * Grants the administrator role directly, or revokes that grant. Membership of the admin group is not affected.
   *
   * @returns the user after and before the change
   * @throws {BuiltInAdminProtected} {@link NotFound}
   */
  async setAdmin(id: string, isAdmin: boolean): Promise<{ user: User; before: User }> {
    if (id === BUILT_IN_ADMIN_ID && !isAdmin) throw new BuiltInAdminProtected();
    const before = await this.users.existing(id);
    await this.change({ id }, { isAdmin, updatedAt: this.clock.now() });
    return { user: await this.users.existing(id), before };
  }

  private change(which: FindOptionsWhere<User>, change: Partial<User>): Promise<void> {
    return changeLiving(this.rows, which, change);
  }
}
