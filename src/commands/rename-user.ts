import { INestApplicationContext, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditOutcome, AuditService } from '../audit/index.js';
import { RuleBook } from '../registry/access-rules/index.js';
import { ReservedNamesModule } from '../registry/access-rules/reserved-names.module.js';
import { repositoryNameOf } from '../registry/protocol/index.js';
import { BUILT_IN_ADMIN_ID, User, userChanges, UsersService } from '../users/index.js';
import { NameSuggestions } from '../users/names/index.js';
import { UserRenaming } from '../users/renaming/index.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';
import { UserUnknown } from './named-user.js';

/** The part of the application that renames users; access rules say which names are reserved. */
@Module({
  imports: [TypeOrmModule.forFeature([User]), ReservedNamesModule],
  providers: [UsersService, NameSuggestions, UserRenaming],
})
class RenamingModule {}

/** A user who was renamed. */
export interface RenamedUser {
  readonly before: string;
  readonly after: string;
  /** The former name as `${username}` in access rules that use it; null if there is none. */
  readonly formerRepositories: string | null;
}

/**
 * Gives a user another name; running servers know it at their next request.
 *
 * @throws {UserUnknown}
 * @throws {Error} for the built-in administrator
 * @throws {BadUserInput} {@link UsernameTaken} {@link NotFound} as {@link UserRenaming.rename} does
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export function renameUser(name: string, next: string): Promise<RenamedUser> {
  return inCommandContext([RenamingModule], async (app) => {
    const user = await userToRename(app, name);
    const renamed = await app.get(UserRenaming).rename(user, next);
    const { id, username } = renamed;
    await app.get(AuditService).write({
      action: 'user.rename',
      target: { type: 'user', id, label: username },
      ...BY_THIS_MACHINE,
      outcome: AuditOutcome.SUCCEEDED,
      changes: userChanges(user, renamed),
    });
    return {
      before: user.username,
      after: username,
      formerRepositories: await formerRepositories(app, user, username),
    };
  });
}

async function userToRename(app: INestApplicationContext, name: string): Promise<User> {
  const user = await app.get(UsersService).byName(name);
  if (user?.id === BUILT_IN_ADMIN_ID) throw new Error('The built-in administrator cannot be renamed.');
  if (user) return user;
  throw new UserUnknown(name, (await app.get(UsersService).presentNameOf(name)) ?? undefined);
}

async function formerRepositories(app: INestApplicationContext, { username: before }: User, after: string) {
  const [former, present] = [before, after].map(repositoryNameOf);
  const rules = await app.get(RuleBook).rules();
  return former !== present && rules.some(({ pattern }) => pattern.isPersonal) ? (former ?? null) : null;
}
