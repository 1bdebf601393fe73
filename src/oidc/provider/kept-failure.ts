import { Clock } from '../../common/runtime/clock.js';

const FIRST_MS = 1_000;
// A provider that has recovered is noticed within this time; people wait for it in a browser.
const LONGEST_MS = 8_000;

/**
 * Remembers a failed request: for a pause, callers get the same failure and the provider is not asked. The pause is one
 * second at first, doubles with each failure, and is eight seconds at most. Each is shortened at random by up to a half, so
 * that replicas do not retry at the same time.
 */
export class KeptFailure {
  private failures = 0;
  private failure: unknown;
  private since = 0;
  private pauseMs = 0;

  constructor(private readonly clock: Clock) {}

  /**
   * Asks, unless the last attempt failed too recently.
   *
   * @throws the failure of this attempt or of the last one
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

  // A clock that was set back must not prolong the pause.
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
