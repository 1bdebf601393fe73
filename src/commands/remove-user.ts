import { INestApplicationContext } from '@nestjs/common';
import { AuditOutcome, AuditService } from '../audit/index.js';
import { BUILT_IN_ADMIN_ID, User, UsersService } from '../users/index.js';
import { UserRemoval } from '../users/operator/index.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';
import { UserUnknown } from './named-user.js';
import { removeAll, REMOVAL_PARTS } from './removal.js';

/** The label of a removed user in the audit log. */
const REMOVED = '(removed)';

/**
 * Removes a user for good; running servers know it at their next request. Also a user who was deleted in the portal, whose
 * name was kept.
 *
 * @param confirm called with the user name as it is stored before anything is changed; throws if the user is to stay
 * @returns the user name
 * @throws {UserUnknown} {@link InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 * @throws {Error} for the built-in administrator
 */
export function removeUser(name: string, confirm: (username: string) => Promise<void>): Promise<string> {
  return inCommandContext(REMOVAL_PARTS, async (app) => {
    const user = await removable(app, name);
    await confirm(user.username);
    await removeAll(app, [user]);
    await app.get(AuditService).write({
      action: 'user.delete',
      target: { type: 'user', id: user.id, label: REMOVED },
      ...BY_THIS_MACHINE,
      outcome: AuditOutcome.SUCCEEDED,
    });
    return user.username;
  });
}

async function removable(app: INestApplicationContext, name: string): Promise<User> {
  const user = await app.get(UserRemoval).byName(name);
  if (!user) throw new UserUnknown(name);
  const present = await app.get(UsersService).presentNameOf(name);
  if (present !== null) throw new UserUnknown(name, present);
  if (user.id === BUILT_IN_ADMIN_ID) throw new Error('The built-in administrator cannot be removed.');
  return user;
}
