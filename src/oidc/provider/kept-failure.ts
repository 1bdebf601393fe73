import { Clock } from '../../common/runtime/clock.js';

const FIRST_MS = 1_000;
// A provider that is back is noticed within this time: people wait for it in front of a browser.
const LONGEST_MS = 8_000;

/**
 * Remembers that asking has failed, and with what: whoever asks again too soon gets the same failure, and the provider is
 * left alone. For a second at first, then twice as long with each failure, eight seconds at the most, less up to a half by
 * chance, so that replicas do not come back together.
 */
export class KeptFailure {
  private failures = 0;
  private failure: unknown;
  private since = 0;
  private pauseMs = 0;

  constructor(private readonly clock: Clock) {}

  /**
   * Asks, unless that has failed a moment ago.
   *
   * @throws what asking has failed with, now or before
   */
  async unlessFailing<T>(ask: () => Promise<T>): Promise<T> {
    if (this.isKept()) throw this.failure;
    try {
      const answer = await ask();
      this.failures = 0;
      return answer;
    } catch (error) {
      this.note(error);
      throw error;
    }
  }

  // A clock that was set back must not make the pause longer.
  private isKept(): boolean {
    const age = this.clock.now().getTime() - this.since;
    return this.failures > 0 && age >= 0 && age < this.pauseMs;
  }

  private note(failure: unknown): void {
    this.failure = failure;
    this.since = this.clock.now().getTime();
    this.pauseMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.failures) * (1 - Math.random() / 2);
    this.failures++;
  }
}
