import { AuditOutcome, AuditService } from '../audit/index.js';
import { ClientKeys } from '../oidc/client-keys/index.js';
import { ClientKeysModule } from '../oidc/client-keys/client-keys.module.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';

/** Keys that were added. */
export interface RotatedClientKeys {
  readonly signsFrom: Date;
  /** The IDs of all published keys, newest first. */
  readonly published: readonly string[];
}

/**
 * Adds keys for client assertions to the database that the environment names; running servers publish and use them.
 *
 * @param minutesAhead minutes until they start to sign
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export function rotateClientKeys(minutesAhead: number): Promise<RotatedClientKeys> {
  return inCommandContext([ClientKeysModule], async (app) => {
    const keys = app.get(ClientKeys);
    const signsFrom = await keys.rotate(minutesAhead);
    await app.get(AuditService).write({
      action: 'client_key.rotate',
      target: null,
      ...BY_THIS_MACHINE,
      outcome: AuditOutcome.SUCCEEDED,
    });
    return { signsFrom, published: (await keys.published()).map(({ jwk }) => jwk.kid) };
  });
}
