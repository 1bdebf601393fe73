import type { ProviderGrant } from '../../grants/index.js';
import { LONGEST_BACKOFF_MS, SHORTEST_BACKOFF_MS } from './provider-backoff.js';

const FIRST_MS = 30_000;
const LONGEST_MS = 3_600_000;
/** How far the clocks of two replicas may be apart. */
const CLOCKS_APART_MS = 60_000;

/**
 * How long to wait before the provider is asked again about a grant that it answers unclearly, in milliseconds: as long as
 * the grant has failed, from half a minute to an hour, less a random part of up to a quarter.
 */
export function unclearPauseAfter(failingForMs: number, chance = Math.random()): number {
  return Math.min(LONGEST_MS, Math.max(FIRST_MS, failingForMs)) * (1 - chance / 4);
}

/**
 * Whether a grant is left alone until a time. A pause that is longer than the longest one was noted before a clock was set
 * back, and does not count.
 */
export function isPausedUntil(retryAt: Date | null, now: Date): boolean {
  const leftMs = retryAt === null ? 0 : retryAt.getTime() - now.getTime();
  return leftMs > 0 && leftMs <= LONGEST_MS + CLOCKS_APART_MS;
}

/**
 * How many errors of the provider a grant has met, one after the other, after one more failure; 0 if there was no answer.
 * Another one counts only if the provider has refreshed another grant since the one before, or shortly before that: in a
 * general outage none does.
 *
 * @param lastRefresh when the provider last refreshed any grant; null if that is not known
 */
export function errorAnswersAfter(
  grant: Pick<ProviderGrant, 'failedAt' | 'retryAt' | 'errorAnswers'>,
  failure: { readonly hasAnswered: boolean; readonly isServerError: boolean },
  lastRefresh: Date | null,
): number {
  if (!failure.hasAnswered) return 0;
  const since = earliestLastFailure(grant);
  // The first failure: an older release that refreshes the grant leaves the count.
  if (since === null) return 1;
  const isForThisOneOnly = lastRefresh !== null && lastRefresh.getTime() >= since;
  return failure.isServerError && isForThisOneOnly ? grant.errorAnswers + 1 : Math.max(1, grant.errorAnswers);
}

/** When a grant failed last, at the earliest: the pause up to the next try is as long as the grant had failed, at most. */
function earliestLastFailure({ failedAt, retryAt }: Pick<ProviderGrant, 'failedAt' | 'retryAt'>): number | null {
  if (failedAt === null) return null;
  const failingForMs = (retryAt ?? failedAt).getTime() - failedAt.getTime();
  return failedAt.getTime() + Math.max(0, failingForMs - longestPauseUpTo(failingForMs));
}

function longestPauseUpTo(failingForMs: number): number {
  return Math.min(LONGEST_BACKOFF_MS, Math.max(SHORTEST_BACKOFF_MS, failingForMs / 2));
}
