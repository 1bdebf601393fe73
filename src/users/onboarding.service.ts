import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { BadUserInput } from '../common/errors/common.errors.js';
import { isDuplicate } from '../common/persistence/conditional-write.js';
import { newId } from '../common/persistence/ids.js';
import { AuthMode } from '../settings/auth-mode.js';
import { OnboardingNames } from './names/onboarding-names.service.js';
import { storedAddress } from './stored-address.js';
import { User } from './user.entity.js';
import { messageFor } from './names/username.js';
import { UsernameTaken } from './users.errors.js';
import { UsersService } from './users.service.js';

/** An identity verified by the provider that has no user name yet. */
export interface NewPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly realName: string | null;
}

/** Creates the user of a new identity, with a user name. */
@Injectable()
export class OnboardingService {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly users: UsersService,
    private readonly names: OnboardingNames,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates the user, in one insert. If the identity already has a user, from another tab or an earlier attempt, that user
   * is returned, and the wanted name is ignored.
   *
   * @throws {BadUserInput} if the user name is not valid
   * @throws {UsernameTaken} with a free suggestion
   * @throws the database's foreign key error if the auth mode is no longer OIDC
   */
  async onboard(person: NewPerson, username: string): Promise<User> {
    const problem = await this.names.problemOf(username);
    if (problem) throw BadUserInput.field('username', problem, messageFor(problem));
    const user = this.newUser(person, username);
    try {
      await this.rows.insert(user);
      return user;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const known = await this.users.byIdentity(person.issuer, person.subject);
      if (known) return known;
      throw new UsernameTaken(await this.names.suggest(username));
    }
  }

  private newUser(person: NewPerson, username: string): User {
    const now = this.clock.now();
    const { issuer, subject, email, realName } = person;
    return this.rows.create({
      id: newId(),
      mode: AuthMode.OIDC,
      ...this.users.nameColumnsOf(username),
      ...{ issuer, subject, ...storedAddress(email), realName },
      comment: null,
      localEmail: null,
      passwordHash: null,
      isAdmin: false,
      isDisabled: false,
      securityStamp: newId(),
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
      lastLoginAt: now,
    });
  }
}
