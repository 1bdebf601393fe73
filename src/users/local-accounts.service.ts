import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { BadUserInput, NotFound, WrongCredentials } from '../common/common.errors.js';
import { isDuplicate, isForeignKeyRefusal, won } from '../common/conditional-write.js';
import { fold } from '../common/fold.js';
import { newId } from '../common/ids.js';
import { isStrongEnough, SECRET_POLICY } from '../common/secret-policy.js';
import { SecretText } from '../common/secret-text.js';
import { AuthMode } from '../settings/auth-mode.js';
import { UnsupportedInAuthMode } from '../settings/settings.errors.js';
import { SettingsService } from '../settings/settings.service.js';
import { GuessThrottle } from '../throttling/guess-throttle.service.js';
import { RegistrationThrottle } from '../throttling/registration-throttle.service.js';
import { NameSuggestions } from './name-suggestions.service.js';
import { PasswordHasher } from './password-hasher.js';
import { storedAddress } from './stored-address.js';
import { BUILT_IN_ADMIN_ID, User } from './user.entity.js';
import { storedForm, USERNAME_RULE } from './username.js';
import { BuiltInAdminProtected, EmailTaken, SelfRegistrationOff, UsernameTaken } from './users.errors.js';
import { UsersService } from './users.service.js';

/** What a local account is made with. */
export interface NewAccount {
  readonly username: string;
  readonly password: SecretText;
  readonly email: string;
  readonly realName?: string | null;
  readonly comment?: string | null;
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
    private readonly guesses: GuessThrottle,
    private readonly registrations: RegistrationThrottle,
    private readonly clock: Clock,
  ) {}

  /**
   * An account that somebody makes for themselves.
   *
   * @param address where the wish comes from
   * @throws {SelfRegistrationOff} and whatever {@link create} throws
   * @throws {RateLimited} where too many came from this address
   */
  async register(account: NewAccount, address: string): Promise<User> {
    if (!this.settings.current().general.selfRegistration) throw new SelfRegistrationOff();
    await this.demandForm(account);
    await this.registrations.count(address);
    return this.made(account, false);
  }

  /**
   * A new account, in one insert.
   *
   * @throws {BadUserInput} for a name without the form of a user name, or a weak password
   * @throws {UsernameTaken} with a free suggestion
   * @throws {EmailTaken} where another local account has the address
   * @throws {UnsupportedInAuthMode} where OIDC mode is in force by now
   */
  async create(account: NewAccount, isAdmin: boolean): Promise<User> {
    await this.demandForm(account);
    return this.made(account, isAdmin);
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
    if (!won(await this.rows.update(living, change))) throw new NotFound('user');
  }

  /**
   * Changes one's own password. Every session ends, but for those to which the returned security stamp is given.
   *
   * @throws {UnsupportedInAuthMode} in OIDC mode, but for the built-in administrator
   * @param address where the passwords come from
   * @throws {WrongCredentials} where the current password is wrong
   * @throws {RateLimited} where too many were wrong before
   * @throws {BadUserInput} for a weak new one
   */
  async changePassword(id: string, current: SecretText, next: SecretText, address: string): Promise<User> {
    const { authMode } = this.settings.current();
    if (authMode === AuthMode.OIDC && id !== BUILT_IN_ADMIN_ID) throw new UnsupportedInAuthMode(authMode);
    const user = await this.ownerOf(id, current, address);
    demandStrength(next, 'input.newPassword');
    const change = { passwordHash: await this.hasher.hash(next), ...this.newStamp() };
    // The stamp tells whether anybody changed the password since it was checked.
    const unchanged = { id, securityStamp: user.securityStamp, deletedAt: IsNull() };
    if (!won(await this.rows.update(unchanged, change))) throw new WrongCredentials();
    return this.rows.create({ ...user, ...change });
  }

  /**
   * Gives somebody else a new password, and ends their sessions.
   *
   * @throws {BuiltInAdminProtected} {@link NotFound}
   * @throws {BadUserInput} for a weak one
   */
  async resetPassword(id: string, next: SecretText): Promise<User> {
    if (id === BUILT_IN_ADMIN_ID) throw new BuiltInAdminProtected();
    demandStrength(next, 'input.newPassword');
    const change = { passwordHash: await this.hasher.hash(next), ...this.newStamp() };
    const living = { id, mode: AuthMode.DATABASE, deletedAt: IsNull() };
    if (!won(await this.rows.update(living, change))) throw new NotFound('user');
    return this.users.existing(id);
  }

  private async demandForm({ username, password }: NewAccount): Promise<void> {
    const problem = await this.names.problemOf(username);
    if (problem) throw BadUserInput.field('input.username', problem, USERNAME_RULE);
    demandStrength(password, 'input.password');
  }

  private async made(account: NewAccount, isAdmin: boolean): Promise<User> {
    const user = this.rowOf(account, await this.hasher.hash(account.password), isAdmin);
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

  private async ownerOf(id: string, password: SecretText, address: string): Promise<User> {
    const user = await this.users.byId(id);
    const check = async () => ((await this.hasher.fits(password, user?.passwordHash ?? null)) ? user : null);
    const guess = { username: user?.username ?? '', secret: password };
    const owner = await this.guesses.guessable({ address }, guess, check);
    if (!owner) throw new WrongCredentials();
    return owner;
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
