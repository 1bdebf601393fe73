import { Injectable } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { Metrics } from '../health/index.js';
import { FailureCounts } from './failure-counts.service.js';

/** How often something may happen, and the key that it is counted under. */
export interface Budget {
  readonly key: string;
  readonly limit: number;
  readonly kind: 'address' | 'user' | 'known_address' | 'registration';
}

/** The pause for attempts that found no room only because others are in progress, in seconds. */
const SHORTEST_PAUSE_SECONDS = 1;

/** Tells whether a budget is spent, and until when. */
@Injectable()
export class Budgets {
  constructor(
    private readonly counts: FailureCounts,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /** Whether there is no room for one more attempt, as far as this process knows; attempts in progress take room. */
  isSpent({ key, limit }: Budget, credential: string): boolean {
    return this.counts.local.isSpent(key, credential, limit, this.clock.now().getTime());
  }

  /**
   * Counts a refusal in the metrics.
   *
   * @param spent the budgets that it is refused for
   * @returns in how many seconds there is room in all of them again
   */
  refuse(spent: readonly Budget[]): number {
    const now = this.clock.now().getTime();
    const pauses = spent.map(({ key, limit, kind }) => {
      this.metrics.throttled(kind);
      const { failures, endsAt } = this.counts.local.of(key, now);
      return failures >= limit ? Math.ceil((endsAt - now) / 1000) : SHORTEST_PAUSE_SECONDS;
    });
    return Math.max(SHORTEST_PAUSE_SECONDS, ...pauses);
  }
}
