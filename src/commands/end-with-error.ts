import { InvalidEnvironment } from '../config/env.js';
import { DatabaseUnusable } from '../database/index.js';
import { EncryptionKeyUnusable } from '../settings/settings.errors.js';

/** What an operator can mend is told in words, without a stack. */
function isForeseen(error: unknown): error is Error {
  return [InvalidEnvironment, EncryptionKeyUnusable, DatabaseUnusable].some((kind) => error instanceof kind);
}

/** Ends the process with 1 and says why: in a sentence where that was foreseen, with the stack where it was not. */
export function endWithError(error: unknown): never {
  process.stderr.write(`${isForeseen(error) ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}
