import { DataSource } from 'typeorm';
import { AuditOutcome, AuditService } from '../audit/index.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';
import { rewrap, Rewrapped } from './rewrap.js';
import { Installation } from '../settings/installation.js';

/**
 * Seals every value in the database that the environment names with the first key of `ENCRYPTION_KEY`.
 *
 * @param onProgress called after each batch with the column and its progress
 * @returns the progress, whether no value is left under another key, and whether another key was given
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export function rewrapKeys(
  onProgress: (column: string, done: Rewrapped) => void,
): Promise<Rewrapped & { readonly isComplete: boolean; readonly hasOldKey: boolean }> {
  return inCommandContext([], async (app, { encryptionKeys }) => {
    const done = await rewrap(app.get(DataSource), app.get(Installation).cipher, onProgress);
    const outcome = done.isComplete ? AuditOutcome.SUCCEEDED : AuditOutcome.FAILED;
    await app.get(AuditService).write({ action: 'encryption_key.rewrap', target: null, ...BY_THIS_MACHINE, outcome });
    return { ...done, hasOldKey: encryptionKeys.length > 1 };
  });
}
