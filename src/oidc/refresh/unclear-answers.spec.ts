import { describe, expect, it } from '@jest/globals';
import { errorAnswersAfter, isPausedUntil } from './unclear-answers.js';

const at = (seconds: number | null) => (seconds === null ? null : new Date(Date.UTC(2026, 0) + seconds * 1000));
const ERROR = { hasAnswered: true, isServerError: true };
const SILENCE = { hasAnswered: false, isServerError: false };
const OTHER_ANSWER = { hasAnswered: true, isServerError: false };

describe(errorAnswersAfter, () => {
  // Before it: the first failure and the next try, in seconds; the errors so far; when the provider last refreshed another.
  it.each([
    ['the first error', [null, null, 0, 5], ERROR, 1],
    ['the first error after a refresh by an older release, which leaves the count', [null, null, 2, 5], ERROR, 1],
    ['a second one, with a refresh since the first', [0, 1, 1, 60], ERROR, 2],
    ['a second one, with a refresh at the same moment as the first', [0, 1, 1, 0], ERROR, 2],
    ['a second one, where the provider has refreshed nobody since the first', [0, 1, 1, -5], ERROR, 1],
    ['a second one, where it never refreshed anybody', [0, 1, 1, null], ERROR, 1],
    ['a third one, with a refresh since the second', [0, 90, 2, 120], ERROR, 3],
    ['a third one, with a refresh soon before the second only', [0, 90, 2, 60], ERROR, 3],
    ['a third one, where all refreshes were long before the second', [0, 90, 2, 30], ERROR, 2],
    ['a third one in an outage that began soon after the first', [0, 5, 2, 1], ERROR, 2],
    ['a later one, hours after the last refresh of another', [0, 7_200, 5, 3_600], ERROR, 5],
    ['an error whose next try is not known', [0, null, 1, 1], ERROR, 2],
    ['silence', [0, 90, 2, 120], SILENCE, 0],
    ['an answer that is no error of the provider', [0, 90, 2, 120], OTHER_ANSWER, 2],
  ] as const)('counts %s', (_what, [failedAt, retryAt, errorAnswers, lastRefresh], failure, expected) => {
    const grant = { failedAt: at(failedAt), retryAt: at(retryAt), errorAnswers };
    expect(errorAnswersAfter(grant, failure, at(lastRefresh))).toBe(expected);
  });
});

describe(isPausedUntil, () => {
  const now = at(0)!;
  it.each([
    [null, false],
    [-1, false],
    [0, false],
    [1, true],
    [3_600, true],
    [3_660, true],
    [3_661, false],
    [86_400, false],
  ])('leaves a grant alone until %s seconds from now: %s', (seconds, expected) => {
    expect(isPausedUntil(at(seconds), now)).toBe(expected);
  });
});
