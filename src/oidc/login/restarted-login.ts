import { CodeSpent } from '../provider/index.js';
import type { LoginAttempt } from './login-attempts.service.js';

/** Failures of a login that say nothing about the person: the same login, begun again, can succeed. */
const PASSING = [CodeSpent];

/**
 * Whether a failed login begins again by itself. It does so once: the attempt that follows has a mark, and its failure is
 * shown. The only home of this rule.
 */
export function beginsAgain(failure: unknown, attempt: LoginAttempt): boolean {
  return attempt.isRestarted !== true && PASSING.some((kind) => failure instanceof kind);
}
