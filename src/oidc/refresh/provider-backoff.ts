/** The shortest pause after silence, in milliseconds. */
export const SHORTEST_BACKOFF_MS = 1_000;
/** The longest pause after silence, in milliseconds. */
export const LONGEST_BACKOFF_MS = 30_000;
const MOST_FAILING_GRANTS = 5;

/**
 * How long to wait before the next request to a provider that does not answer: as long as it has not answered, from one
 * second to thirty, less a random part of up to a half, so that waiting requests do not come at the same time.
 */
export function backoffAfter(silentForMs: number, chance = Math.random()): number {
  return Math.min(LONGEST_BACKOFF_MS, Math.max(SHORTEST_BACKOFF_MS, silentForMs)) * (1 - chance / 2);
}

/**
 * The back-off of a provider: no requests for a while after it could not be reached, or after five different grants failed
 * with no success in between. One grant that always fails slows no other.
 */
export class ProviderBackoff {
  private readonly failing = new Set<string>();
  private silentSince?: number;
  private until = 0;

  /** Whether the provider is silent for everybody: it did not answer since it was last left alone. */
  get isSilent(): boolean {
    return this.silentSince !== undefined;
  }

  /** Whether requests to the provider are allowed now. */
  isOver(now: Date): boolean {
    const leftMs = this.until - now.getTime();
    // A clock that was set back must not prolong the pause.
    return leftMs <= 0 || leftMs > LONGEST_BACKOFF_MS;
  }

  /** Notes that the provider answered, whatever the answer. */
  noteAnswer(): void {
    this.failing.clear();
    this.silentSince = undefined;
    this.until = 0;
  }

  /** Notes that the provider did not answer for a grant. */
  noteSilence(userId: string, isUnreachable: boolean, now: Date): void {
    this.failing.add(userId);
    if (!isUnreachable && this.failing.size < MOST_FAILING_GRANTS) return;
    this.silentSince ??= now.getTime();
    this.until = now.getTime() + backoffAfter(now.getTime() - this.silentSince);
  }
}
