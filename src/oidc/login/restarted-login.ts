import { isPassing } from '../provider/index.js';
import type { LoginAttempt } from './login-attempts.service.js';

/**
 * Whether a failed login begins again by itself. It does so once: the attempt that follows has a mark, and its failure is
 * shown. The only home of this rule.
 */
export function beginsAgain(failure: unknown, attempt: LoginAttempt): boolean {
  return attempt.isRestarted !== true && isPassing(failure);
}
