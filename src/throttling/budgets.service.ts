import { Injectable } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { RateLimited } from '../common/errors/common.errors.js';
import { Metrics } from '../health/metrics.js';
import { FailureCounts } from './failure-counts.service.js';

/** How often something may happen, and what it is counted under. */
export interface Budget {
  readonly key: string;
  readonly limit: number;
  readonly kind: 'address' | 'user' | 'known_address' | 'registration';
}

/** For what came while others were under way that could use the budget up, in seconds. */
const SOON_SECONDS = 1;

/** Says whether a budget is spent, and until when. */
@Injectable()
export class Budgets {
  constructor(
    private readonly counts: FailureCounts,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /** Whether this process knows, with those under way, that there is no place left for one more. */
  isSpent({ key, limit }: Budget, credential: string): boolean {
    return this.counts.known.isSpent(key, credential, limit, this.clock.now().getTime());
  }

  /**
   * The refusal where some budgets are spent, with the seconds until there is room in all of them again; it is counted in
   * the metrics.
   */
  refusal(spent: readonly Budget[]): RateLimited {
    const now = this.clock.now().getTime();
    const ends = spent.map(({ key, limit, kind }) => {
      this.metrics.throttled(kind);
      const { failures, endsAt } = this.counts.known.of(key, now);
      return failures >= limit ? Math.ceil((endsAt - now) / 1000) : SOON_SECONDS;
    });
    return new RateLimited(Math.max(SOON_SECONDS, ...ends));
  }
}
