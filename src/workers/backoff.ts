const FIRST_MS = 100;
const LONGEST_MS = 30_000;

/**
 * The milliseconds before another worker takes the place of one that has ended.
 *
 * @param failedStarts how many in a row have ended at their start
 */
export function pauseAfter(failedStarts: number): number {
  return failedStarts === 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (failedStarts - 1));
}
