import { PasswordHasher } from '../../src/users/passwords/password-hasher.js';
import type { TestApp } from './app.js';

/**
 * Holds back the next password hash, as a full queue would, after everything that is decided before it has been read.
 * Once it is reached, resolves to a function that lets it continue.
 *
 * @param work `fits`: the next password to be checked; `hash`: the next new one
 */
export function pausedHash({ nest }: Pick<TestApp, 'nest'>, work: 'fits' | 'hash' = 'fits'): Promise<() => void> {
  const hasher = nest.get(PasswordHasher, { strict: false });
  const hashing = hasher[work].bind(hasher) as (...given: unknown[]) => Promise<never>;
  return new Promise((reach) => {
    hasher[work] = async (...given: unknown[]) => {
      hasher[work] = hashing;
      await new Promise<void>((letGo) => reach(letGo));
      return hashing(...given);
    };
  });
}
