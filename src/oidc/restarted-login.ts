import { isPassing } from './provider/index.js';

/** An attempt to log in, or a test of one. */
interface Attempt {
  /** Whether it follows one that failed and began again by itself; absent: it does not. */
  readonly isRestarted?: boolean;
}

/**
 * Whether a failed login begins again by itself. It does so once: the attempt that follows has a mark, and its failure is
 * shown. The only home of this rule.
 */
export function beginsAgain(failure: unknown, attempt: Attempt): boolean {
  return attempt.isRestarted !== true && isPassing(failure);
}
