import { INestApplicationContext } from '@nestjs/common';
import { User, UsersService } from '../users/index.js';
import { quoted } from './terminal-text.js';

/** No user has the name that a command was given. */
export class UserUnknown extends Error {
  /** @param present the name of the user who had this name before a renaming */
  constructor(name: string, present?: string) {
    const fact =
      present === undefined ? '.' : `: the user who had this name is now ${quoted(present)}. Nothing was changed.`;
    super(`There is no user ${quoted(name)}${fact} To see all users, run: mooring users list`);
  }
}

/**
 * The user with this name, in any spelling that folds to the same.
 *
 * @throws {UserUnknown}
 */
export async function namedUser(app: INestApplicationContext, name: string): Promise<User> {
  const user = await app.get(UsersService).byName(name);
  if (!user) throw new UserUnknown(name);
  return user;
}
