import { NativeModuleUnusable } from '../common/runtime/native-module-unusable.js';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { InvalidEnvironment } from '../config/env.js';
import { FileNotWritten } from '../config/write-once.js';
import { DatabaseUnusable } from '../database/lock/index.js';
import { EncryptionKeyUnusable } from '../settings/settings.errors.js';

const FORESEEN = [
  ...[InvalidEnvironment, EncryptionKeyUnusable, DatabaseUnusable],
  ...[FileNotWritten, NativeModuleUnusable, ServiceUnavailable],
];

/** Whether an operator can fix the problem: then the message is shown without a stack. */
function isForeseen(error: unknown): error is Error {
  return FORESEEN.some((kind) => error instanceof kind);
}

/** Exits with 1 and prints the error: the message of a problem that an operator can fix, else the stack. */
export function endWithError(error: unknown): never {
  process.stderr.write(`${isForeseen(error) ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}
