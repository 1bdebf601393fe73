import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AuditOutcome, AuditService } from '../audit/index.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { BUILT_IN_ADMIN_ID, BUILT_IN_ADMIN_NAME } from '../users/index.js';
import { BuiltInAdminPassword, BuiltInAdminPasswordModule, randomPassword } from '../users/passwords/index.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';

/** A password that was replaced. */
export interface ReplacedPassword {
  /** The new password, if it was made here. */
  readonly made: string | null;
  /** The file with the first password, which no longer counts; null if there is none. */
  readonly uselessFile: string | null;
}

/**
 * Gives the built-in administrator a new password and ends their sessions; running servers know it at their next request.
 *
 * @param given the new password; without it a random one is made
 * @throws {BadUserInput} {@link NotFound} {@link InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export function resetAdminPassword(given: SecretText | null): Promise<ReplacedPassword> {
  return inCommandContext([BuiltInAdminPasswordModule], async (app, { dataDir }) => {
    const next = given ?? randomPassword();
    await app.get(BuiltInAdminPassword).replace(next);
    await app.get(AuditService).write({
      action: 'admin.reset_password',
      target: { type: 'user', id: BUILT_IN_ADMIN_ID, label: BUILT_IN_ADMIN_NAME },
      ...BY_THIS_MACHINE,
      outcome: AuditOutcome.SUCCEEDED,
    });
    return {
      made: given ? null : next.reveal(),
      uselessFile: await existing(resolve(join(dataDir, 'admin-password'))),
    };
  });
}

function existing(file: string): Promise<string | null> {
  return access(file).then(
    () => file,
    () => null,
  );
}
