import { AuditOutcome, AuditService } from '../audit/index.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';
import { SigningKeysModule } from '../registry/keys/signing-keys.module.js';
import { SigningKeys } from '../registry/keys/index.js';
import { SettingsService } from '../settings/settings.service.js';

/** A key that was added. */
export interface RotatedKeys {
  readonly kid: string;
  readonly signsFrom: Date;
  /** The IDs of all published keys, newest first. */
  readonly published: readonly string[];
}

/**
 * Adds a key for registry tokens to the database that the environment names; running servers read it at their next token.
 *
 * @param minutesAhead minutes until it starts to sign
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export function rotateKeys(minutesAhead: number): Promise<RotatedKeys> {
  return inCommandContext([SigningKeysModule], async (app) => {
    await app.get(SettingsService).catchUp();
    const keys = app.get(SigningKeys);
    const { id, jwk, signsFrom } = await keys.rotate(minutesAhead);
    await app.get(AuditService).write({
      action: 'signing_key.rotate',
      target: { type: 'signing_key', id, label: jwk.kid },
      ...BY_THIS_MACHINE,
      outcome: AuditOutcome.SUCCEEDED,
    });
    return { kid: jwk.kid, signsFrom, published: (await keys.publishedNow()).map((key) => key.jwk.kid) };
  });
}
