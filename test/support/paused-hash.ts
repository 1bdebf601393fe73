import { PasswordHasher } from '../../src/users/passwords/password-hasher.js';
import type { TestApp } from './app.js';

/**
 * Holds back the next password that is to be hashed, as a full queue would, once everything that decides before it has
 * been read: resolves, once it has come, to what lets it go on.
 *
 * @param work whether it is the next one to be checked, or the next new one
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
