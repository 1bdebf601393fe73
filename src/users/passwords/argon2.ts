import type * as Argon2 from '@node-rs/argon2';
import { createRequire } from 'node:module';
import { NativeModuleUnusable } from '../../common/runtime/native-module-unusable.js';

const NAME = '@node-rs/argon2';

let loaded: typeof Argon2 | undefined;

/**
 * Loads the package that hashes passwords, and its native binary; once.
 *
 * @throws {NativeModuleUnusable} if it is missing, or was built for another platform
 */
export function loadArgon2(): typeof Argon2 {
  try {
    return (loaded ??= createRequire(import.meta.url)(NAME) as typeof Argon2);
  } catch (error) {
    throw new NativeModuleUnusable(NAME, error);
  }
}
