import { Injectable } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { Metrics } from '../health/index.js';
import { FailureCounts } from './failure-counts.service.js';
import { ThrottledAddress, ThrottleLog } from './throttle-log.service.js';

/** How often something may happen, and the key that it is counted under. */
export interface Budget {
  readonly key: string;
  readonly limit: number;
  readonly kind: 'address' | 'user' | 'known_address' | 'registration' | 'account_request';
  /** The address that is throttled once the budget is spent; not given if others are served there. */
  readonly throttles?: ThrottledAddress;
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
    private readonly log: ThrottleLog,
  ) {}

  /** Whether there is no room for one more attempt, as far as this process knows; attempts in progress take room. */
  isSpent({ key, limit }: Budget, credential: string): boolean {
    return this.counts.local.isSpent(key, credential, limit, this.clock.now().getTime());
  }

  /**
   * Counts a refusal in the metrics, and logs the first one of an address in a window.
   *
   * @param spent the budgets that it is refused for
   * @returns in how many seconds there is room in all of them again
   */
  refuse(spent: readonly Budget[]): number {
    const now = this.clock.now().getTime();
    const pauses = spent.map(({ key, limit, kind, throttles }) => {
      this.metrics.throttled(kind);
      const { failures, endsAt } = this.counts.local.of(key, now);
      if (failures < limit) return SHORTEST_PAUSE_SECONDS;
      if (throttles) this.log.note(throttles, { limit, endsAt });
      return Math.ceil((endsAt - now) / 1000);
    });
    return Math.max(SHORTEST_PAUSE_SECONDS, ...pauses);
  }
}
