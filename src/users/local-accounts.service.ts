import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { BadUserInput, NotFound, WrongCredentials } from '../common/errors/common.errors.js';
import { isDuplicate, isForeignKeyRefusal, changedARow } from '../common/persistence/conditional-write.js';
import { fold } from '../common/text/case-folding.js';
import { newId } from '../common/persistence/ids.js';
import { isStrongEnough, SECRET_POLICY } from '../common/crypto/secret-policy.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { AuthMode } from '../settings/auth-mode.js';
import { UnsupportedInAuthMode } from '../settings/settings.errors.js';
import { SettingsService } from '../settings/settings.service.js';
import { RegistrationThrottle } from '../throttling/registration-throttle.service.js';
import { LocalLoginService } from './passwords/local-login.service.js';
import { storedSkeleton } from './names/lookalikes.js';
import { NameSuggestions } from './names/name-suggestions.service.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { storedAddress } from './stored-address.js';
import { BUILT_IN_ADMIN_ID, User } from './user.entity.js';
import { messageFor, storedForm } from './names/username.js';
import { BuiltInAdminProtected, EmailTaken, isEmailTaken, SelfRegistrationOff, UsernameTaken } from './users.errors.js';
import { UsersService } from './users.service.js';

/** What a local account is made with. */
export interface NewAccount {
  readonly username: string;
  readonly password: SecretText;
  readonly email: string;
  readonly realName?: string | null;
  readonly comment?: string | null;
}

/** Whoever has an account made or a password given: the work of a hash has to be waited for, and somebody answers for it. */
export interface Caller {
  /** Null where nobody can tell. */
  readonly address: string | null;
  /** Throws where the caller may no longer do what the guard let through. */
  readonly demandAccess: () => Promise<void>;
}

/** Accounts with a password: made, deleted, and their passwords changed. That they belong to DATABASE mode is a foreign key. */
@Injectable()
export class LocalAccounts {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly users: UsersService,
    private readonly names: NameSuggestions,
    private readonly hasher: PasswordHasher,
    private readonly settings: SettingsService,
    private readonly logins: LocalLoginService,
    private readonly registrations: RegistrationThrottle,
    private readonly clock: Clock,
  ) {}

  /**
   * An account that somebody makes for themselves.
   *
   * @param address where the wish comes from
   * @throws {SelfRegistrationOff} and whatever {@link create} throws
   * @throws {RateLimited} where too many came from this address, or were told of addresses that are taken
   */
  async register(account: NewAccount, address: string | null): Promise<User> {
    const demandAccess = async () => {
      if (!(await this.settings.catchUp()).general.selfRegistration) throw new SelfRegistrationOff();
    };
    await demandAccess();
    await this.demandForm(account);
    const attempt = () => this.make(account, false, { address, demandAccess });
    return this.registrations.attempt(address, { what: fold(account.email), attempt, isTaken: isEmailTaken });
  }

  /**
   * A new account, in one insert.
   *
   * @throws {BadUserInput} for a name without the form of a user name, or a weak password
   * @throws {UsernameTaken} with a free suggestion
   * @throws {EmailTaken} where another local account has the address
   * @throws {UnsupportedInAuthMode} where OIDC mode is in force by now
   * @throws what `demandAccess` throws, where the caller lost the right meanwhile
   */
  async create(account: NewAccount, isAdmin: boolean, caller: Caller): Promise<User> {
    await this.demandForm(account);
    return this.make(account, isAdmin, caller);
  }

  /**
   * Deletes an account. Its name stays taken for ever, by a tombstone that holds nothing else of the person.
   *
   * @throws {BuiltInAdminProtected} {@link NotFound}
   */
  async delete(id: string): Promise<void> {
    if (id === BUILT_IN_ADMIN_ID) throw new BuiltInAdminProtected();
    const nobody = { mode: null, ...storedAddress(null), localEmail: null, realName: null, comment: null };
    const change = { ...nobody, passwordHash: null, isAdmin: false, deletedAt: this.clock.now(), ...this.newStamp() };
    const living = { id, mode: AuthMode.DATABASE, deletedAt: IsNull() };
    if (!changedARow(await this.rows.update(living, change))) throw new NotFound('user');
  }

  /**
   * Changes one's own password. Every session ends, but for those of the security stamp before to which the new one is
   * given.
   *
   * @throws {UnsupportedInAuthMode} in OIDC mode, but for the built-in administrator
   * @param address where the passwords come from
   * @throws {WrongCredentials} where the current password is wrong
   * @throws {RateLimited} where too many were wrong before
   * @throws {BadUserInput} for a weak new one
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
    demandStrength(next, 'input.newPassword');
    const change = { passwordHash: await this.hasher.hash(next, address), ...this.newStamp() };
    // The stamp tells whether anybody changed the password, or ended the sessions, since it was checked.
    const unchanged = { id, securityStamp: user.securityStamp, isDisabled: false, deletedAt: IsNull() };
    if (!changedARow(await this.rows.update(unchanged, change))) throw new WrongCredentials();
    return { user: this.rows.create({ ...user, ...change }), stampBefore: user.securityStamp };
  }

  /**
   * Gives somebody else a new password, and ends their sessions.
   *
   * @throws {BuiltInAdminProtected} {@link NotFound}
   * @throws {BadUserInput} for a weak one
   * @throws what `demandAccess` throws, where the caller lost the right meanwhile
   */
  async resetPassword(id: string, next: SecretText, { address, demandAccess }: Caller): Promise<User> {
    if (id === BUILT_IN_ADMIN_ID) throw new BuiltInAdminProtected();
    demandStrength(next, 'input.newPassword');
    const passwordHash = await this.hasher.hash(next, address);
    await demandAccess();
    const change = { passwordHash, ...this.newStamp() };
    const living = { id, mode: AuthMode.DATABASE, deletedAt: IsNull() };
    if (!changedARow(await this.rows.update(living, change))) throw new NotFound('user');
    return this.users.existing(id);
  }

  private async demandForm(account: NewAccount): Promise<void> {
    await this.demandName(account);
    demandStrength(account.password, 'input.password');
  }

  private async demandName({ username }: NewAccount): Promise<void> {
    const problem = await this.names.problemOf(username);
    if (problem) throw BadUserInput.field('input.username', problem, messageFor(problem));
  }

  private async make(account: NewAccount, isAdmin: boolean, { address, demandAccess }: Caller): Promise<User> {
    const user = this.rowOf(account, await this.hasher.hash(account.password, address), isAdmin);
    await demandAccess();
    await this.demandName(account);
    try {
      await this.rows.insert(user);
      return user;
    } catch (error) {
      if (isForeignKeyRefusal(error)) throw new UnsupportedInAuthMode(AuthMode.OIDC);
      if (!isDuplicate(error)) throw error;
      if (await this.users.isFree(account.username)) throw new EmailTaken();
      throw new UsernameTaken(await this.names.suggest(account.username));
    }
  }

  private newStamp(): Pick<User, 'securityStamp' | 'updatedAt'> {
    return { securityStamp: newId(), updatedAt: this.clock.now() };
  }

  private rowOf(account: NewAccount, passwordHash: string, isAdmin: boolean): User {
    const { username, email, realName = null, comment = null } = account;
    return this.rows.create({
      id: newId(),
      mode: AuthMode.DATABASE,
      username: storedForm(username),
      foldedName: fold(username),
      nameSkeleton: storedSkeleton(username),
      ...{ ...storedAddress(email), realName, comment, passwordHash, isAdmin },
      localEmail: fold(email),
      isDisabled: false,
      ...{ issuer: null, subject: null, deletedAt: null, lastLoginAt: null },
      createdAt: this.clock.now(),
      ...this.newStamp(),
    });
  }
}

function demandStrength(password: SecretText, field: string): void {
  if (isStrongEnough(password.reveal())) return;
  throw BadUserInput.field(field, 'TOO_WEAK', `is too weak. ${SECRET_POLICY}`);
}
