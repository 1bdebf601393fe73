import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../../common/runtime/clock.js';
import { CurrentProvider } from '../index.js';
import { RefreshAttempt } from './refresh-attempt.service.js';
import { grantStatusOf, isDueEarly, isRefreshedAtUse, OidcTokenState } from '../../grants/status/index.js';
import { GrantStore, ProviderGrant } from '../../grants/index.js';

/** How long a request waits for a refresh, in milliseconds. */
const LONGEST_WAIT_MS = 12_000;
const LOOK_AGAIN_MS = 100;

/**
 * Makes concurrent requests share one refresh of a grant: in a process by a common promise, across replicas by the lease, for
 * which the others wait. Decides nothing: after the wait, the caller reads the grant again.
 */
@Injectable()
export class RefreshCoordinator implements BeforeApplicationShutdown {
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly grants: GrantStore,
    private readonly attempt: RefreshAttempt,
    private readonly provider: CurrentProvider,
    private readonly clock: Clock,
  ) {}

  /** Refreshes an expired grant, or waits for a running refresh: 12 seconds at most. Does not throw if the provider does not answer. */
  async ensureFresh(userId: string): Promise<void> {
    const stop = new AbortController();
    const tooLong = sleep(LONGEST_WAIT_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([this.singleFlight(userId), tooLong]).finally(() => stop.abort());
  }

  /** Refreshes a grant in the last part of its lifetime, in the background. */
  refreshEarly(userId: string): void {
    // Failures are stored where they happen; a use after the expiry tries again.
    this.singleFlight(userId).catch(() => undefined);
  }

  /** Waits for running refreshes, so that no answer of the provider is lost. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.attempt.settled();
  }

  private singleFlight(userId: string): Promise<void> {
    const running = this.underWay.get(userId);
    if (running) return running;
    const begun = this.refreshOnce(userId).finally(() => this.underWay.delete(userId));
    this.underWay.set(userId, begun);
    return begun;
  }

  private async refreshOnce(userId: string): Promise<void> {
    const deadline = performance.now() + LONGEST_WAIT_MS;
    do {
      const grant = await this.grants.of(userId);
      const need = grant ? this.needOf(grant) : 'NONE';
      if (!grant || need === 'NONE') return;
      if (await this.attempt.run(grant)) return;
      // Another replica refreshes it: an early refresh need not wait.
      if (need === 'EARLY') return;
      await sleep(LOOK_AGAIN_MS * (0.5 + Math.random()));
    } while (performance.now() < deadline);
  }

  private needOf(grant: ProviderGrant): 'NONE' | 'EARLY' | 'NOW' {
    const now = this.clock.now();
    if (grant.retryAt !== null && grant.retryAt > now) return 'NONE';
    const facts = this.provider.factsOf({ ...grant, hasRefreshToken: grant.sealedRefreshToken !== null });
    const status = grantStatusOf(facts, now);
    if (status.state === OidcTokenState.FRESH) return isDueEarly(facts, now) ? 'EARLY' : 'NONE';
    return isRefreshedAtUse(status) ? 'NOW' : 'NONE';
  }
}
