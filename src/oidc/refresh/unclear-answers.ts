import type { ProviderGrant } from '../../grants/index.js';

const FIRST_MS = 30_000;
const LONGEST_MS = 3_600_000;

/**
 * How long to wait before the provider is asked again about a grant that it answers unclearly, in milliseconds: as long as
 * the grant has failed, from half a minute to an hour, less a random part of up to a quarter.
 */
export function unclearPauseAfter(failingForMs: number, chance = Math.random()): number {
  return Math.min(LONGEST_MS, Math.max(FIRST_MS, failingForMs)) * (1 - chance / 4);
}

/**
 * How many errors of the provider a grant has met, one after the other, after one more failure; 0 if there was no answer. Only
 * those count as more than one that came while the provider refreshed other grants.
 *
 * @param lastRefresh when the provider last refreshed any grant; null if that is not known
 */
export function errorAnswersAfter(
  { failedAt, errorAnswers }: Pick<ProviderGrant, 'failedAt' | 'errorAnswers'>,
  failure: { readonly hasAnswered: boolean; readonly isServerError: boolean },
  lastRefresh: Date | null,
): number {
  if (!failure.hasAnswered) return 0;
  const isForThisOneOnly = failedAt !== null && lastRefresh !== null && lastRefresh >= failedAt;
  return failure.isServerError && isForThisOneOnly ? errorAnswers + 1 : Math.max(1, errorAnswers);
}
