import { AuditOutcome, AuditService } from '../audit/index.js';
import { BUILT_IN_ADMIN_ID, userChanges } from '../users/index.js';
import { UserDisabling, UserOperationsModule } from '../users/operator/index.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';
import { namedUser } from './named-user.js';

/**
 * Disables a user, whose sessions end, or enables the user again; running servers know it at their next request.
 *
 * @returns the user name as it is stored
 * @throws {UserUnknown} {@link InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 * @throws {Error} if the built-in administrator is to be disabled
 */
export function setUserDisabled(name: string, isDisabled: boolean): Promise<string> {
  return inCommandContext([UserOperationsModule], async (app) => {
    const { id, username } = await namedUser(app, name);
    if (id === BUILT_IN_ADMIN_ID && isDisabled) throw new Error('The built-in administrator cannot be disabled.');
    const { user, before } = await app.get(UserDisabling).setDisabled(id, isDisabled);
    await app.get(AuditService).write({
      action: 'user.set_disabled',
      target: { type: 'user', id, label: username },
      ...BY_THIS_MACHINE,
      outcome: AuditOutcome.SUCCEEDED,
      changes: userChanges(before, user),
    });
    return username;
  });
}
