import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { BadUserInput, NotFound } from '../../common/errors/common.errors.js';
import { changedARow, isDuplicate, isMissingValue } from '../../common/persistence/conditional-write.js';
import { Clock } from '../../common/runtime/clock.js';
import { fold } from '../../common/text/case-folding.js';
import { storedSkeleton } from '../names/lookalikes.js';
import { NameSuggestions } from '../names/name-suggestions.service.js';
import { messageFor, storedForm } from '../names/username.js';
import { BUILT_IN_ADMIN_ID, User } from '../user.entity.js';
import { BuiltInAdminProtected, UsernameTaken } from '../users.errors.js';
import { UsersService } from '../users.service.js';
import { exchangeNames } from './former-names.js';

/**
 * Gives users other names. Nobody else can take a name that a user had; the user can take it back. Sessions, passwords, CLI
 * secrets and rights go on, because they belong to the user's id.
 */
@Injectable()
export class UserRenaming {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly users: UsersService,
    private readonly names: NameSuggestions,
    private readonly clock: Clock,
  ) {}

  /**
   * Renames a user, by the rules for a new user's name.
   *
   * @returns the user after the change
   * @throws {BuiltInAdminProtected}
   * @throws {BadUserInput} if the name is not valid, or is reserved, or looks like another one
   * @throws {UsernameTaken} if another user has it or had it
   * @throws {NotFound} if the user was deleted, or has another name by now
   */
  async rename(user: User, username: string): Promise<User> {
    if (user.id === BUILT_IN_ADMIN_ID) throw new BuiltInAdminProtected();
    const problem = await this.names.problemOf(username, user.id);
    if (problem) throw BadUserInput.field('username', problem, messageFor(problem));
    if (fold(username) === user.foldedName) await this.respell(user, username);
    else await this.exchange(user, username);
    return this.users.existing(user.id);
  }

  private async respell({ id, foldedName }: User, username: string): Promise<void> {
    const change = { username: storedForm(username), nameSkeleton: storedSkeleton(username) };
    const stored = { id, foldedName, deletedAt: IsNull() };
    const changed = await this.rows.update(stored, { ...change, updatedAt: this.clock.now() });
    if (!changedARow(changed)) throw new NotFound('user');
  }

  private async exchange(user: User, username: string): Promise<void> {
    const own = await this.rows.findOneBy({ foldedName: fold(username), renamedTo: user.id });
    const columnsOf = (name: string) => this.users.nameColumnsOf(name);
    const renaming = { user, username, tombstoneId: own?.id ?? null, columnsOf };
    try {
      await exchangeNames(this.rows.manager.connection, renaming, this.clock.now());
    } catch (error) {
      if (isMissingValue(error)) throw new NotFound('user');
      throw isDuplicate(error) ? new UsernameTaken(await this.names.suggest(username)) : error;
    }
  }
}
