import { isNativeError } from 'node:util/types';
import { InvalidEnvironment } from './env.js';

/**
 * Adds the variables of the file `.env` in the working directory, if there is one, to the environment. Variables that are set
 * already are not changed.
 *
 * @throws {InvalidEnvironment} if the file is there and can't be read
 */
export function loadDotEnv(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    const code = isNativeError(error) && 'code' in error ? String(error.code) : 'no code';
    if (code === 'ENOENT') return;
    throw new InvalidEnvironment([`The file .env can't be read (${code}).`]);
  }
}
