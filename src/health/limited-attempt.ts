import { isDoneWithin } from '../common/runtime/within.js';

/** The most attempts at the same time: a further one begins only when all others are late. */
const MOST_AT_ONCE = 3;

/**
 * An attempt that many may ask for, and that may take long, such as a question to a server that hangs. Those who ask while one
 * is under way share it, and nobody waits longer than a limit.
 */
export class LimitedAttempt {
  /** The newest attempt, while it is neither over nor late. */
  private last?: Promise<boolean>;
  private underWay = 0;

  /**
   * @param attempt rejects if it fails
   * @param limitMs after so many milliseconds an attempt counts as failed
   */
  constructor(
    private readonly attempt: () => Promise<unknown>,
    private readonly limitMs: number,
  ) {}

  /** Whether an attempt, begun now or a moment ago, succeeds within the limit. */
  succeeds(): Promise<boolean> {
    if (this.last) return this.last;
    return this.underWay < MOST_AT_ONCE ? this.begin() : Promise.resolve(false);
  }

  private begin(): Promise<boolean> {
    this.underWay++;
    const attempt = this.run();
    void attempt.then(() => this.underWay--);
    const limited = this.limit(attempt).finally(() => {
      if (this.last === limited) this.last = undefined;
    });
    return (this.last = limited);
  }

  private async limit(attempt: Promise<boolean>): Promise<boolean> {
    return (await isDoneWithin(this.limitMs, attempt)) && attempt;
  }

  private async run(): Promise<boolean> {
    try {
      await this.attempt();
      return true;
    } catch {
      return false;
    }
  }
}
