const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
const MOST_FAILING_GRANTS = 5;

/**
 * How long to wait before a silent provider is asked again: as long as it has been silent, from one second to thirty, less
 * up to a half by chance, so that those who wait do not come back together.
 */
export function backoffAfter(silentForMs: number, chance = Math.random()): number {
  return Math.min(LONGEST_MS, Math.max(FIRST_MS, silentForMs)) * (1 - chance / 2);
}

/**
 * Whether a provider as a whole is left alone for a while: after it could not be reached, or after five different grants
 * failed with no success between. One grant that always fails slows nobody else.
 */
export class ProviderBackoff {
  private readonly failing = new Set<string>();
  private silentSince?: number;
  private until = 0;

  /** Whether the provider may be asked at this moment. */
  isOver(now: Date): boolean {
    return now.getTime() >= this.until;
  }

  /** Notes that the provider gave an answer, whatever it was. */
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
