import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { BadUserInput } from '../common/errors/common.errors.js';
import { isDuplicate, isForeignKeyRefusal } from '../common/persistence/conditional-write.js';
import { fold } from '../common/text/case-folding.js';
import { newId } from '../common/persistence/ids.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { AuthMode } from '../settings/auth-mode.js';
import { UnsupportedInAuthMode } from '../settings/settings.errors.js';
import { NameSuggestions } from './names/name-suggestions.service.js';
import { messageFor } from './names/username.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { demandStrength } from './passwords/password-strength.js';
import { newStamp } from './security-stamp.js';
import { storedAddress } from './stored-address.js';
import { User } from './user.entity.js';
import { EmailTaken, UsernameTaken } from './users.errors.js';
import { UsersService } from './users.service.js';

/** A new local account. */
export interface NewAccount {
  readonly username: string;
  readonly password: SecretText;
  readonly email: string;
  readonly realName?: string | null;
  readonly comment?: string | null;
}

/** The caller of an operation that waits for a password hash, and whose right to it is checked again after the wait. */
export interface Caller {
  /** The client address; null if it is not known. */
  readonly address: string | null;
  /** Throws if the caller may no longer do what the guard allowed. */
  readonly demandAccess: () => Promise<void>;
}

/** Creates local accounts, in one insert. A foreign key refuses them outside DATABASE mode. */
@Injectable()
export class AccountCreation {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly users: UsersService,
    private readonly names: NameSuggestions,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks the user name and the password of a new account, before any work is spent on it.
   *
   * @throws {BadUserInput} if the user name is not valid, or the password is too weak
   */
  async demandForm(account: NewAccount): Promise<void> {
    await this.demandName(account);
    demandStrength(account.password, 'password');
  }

  /**
   * Creates an account that {@link demandForm} has accepted.
   *
   * @throws {BadUserInput} if the user name is no longer valid after the wait for the hash
   * @throws {UsernameTaken} with a free suggestion
   * @throws {EmailTaken} if another local account has the address
   * @throws {UnsupportedInAuthMode} if OIDC mode is in force by now
   * @throws {RateLimited} if too many passwords wait to be hashed
   * @throws the error of `demandAccess`, if the caller lost the right during the wait
   */
  async create(account: NewAccount, isAdmin: boolean, { address, demandAccess }: Caller): Promise<User> {
    const user = this.rowOf(account, await this.hasher.hash(account.password, address), isAdmin);
    await demandAccess();
    await this.demandName(account);
    return this.insert(user);
  }

  private async demandName({ username }: NewAccount): Promise<void> {
    const problem = await this.names.problemOf(username);
    if (problem) throw BadUserInput.field('username', problem, messageFor(problem));
  }

  private async insert(user: User): Promise<User> {
    try {
      await this.rows.insert(user);
      return user;
    } catch (error) {
      if (isForeignKeyRefusal(error)) throw new UnsupportedInAuthMode(AuthMode.OIDC);
      if (!isDuplicate(error)) throw error;
      if (await this.users.isFree(user.username)) throw new EmailTaken();
      throw new UsernameTaken(await this.names.suggest(user.username));
    }
  }

  private rowOf(account: NewAccount, passwordHash: string, isAdmin: boolean): User {
    const { username, email, realName = null, comment = null } = account;
    const now = this.clock.now();
    return this.rows.create({
      id: newId(),
      mode: AuthMode.DATABASE,
      ...this.users.nameColumnsOf(username),
      ...{ ...storedAddress(email), realName, comment, passwordHash, isAdmin },
      localEmail: fold(email),
      isDisabled: false,
      ...{ issuer: null, subject: null, deletedAt: null, lastLoginAt: null },
      createdAt: now,
      ...newStamp(now),
    });
  }
}
