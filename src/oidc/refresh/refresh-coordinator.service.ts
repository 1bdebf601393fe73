import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../../common/runtime/clock.js';
import { isDoneWithin } from '../../common/runtime/within.js';
import { CurrentProvider } from '../index.js';
import { ProviderSilence } from './provider-silence.service.js';
import { isPausedUntil } from './unclear-answers.js';
import { RefreshAttempt } from './refresh-attempt.service.js';
import { grantStatusOf, isDueEarly, isRefreshedAtUse, OidcTokenState } from '../../grants/status/index.js';
import { GrantStore, ProviderGrant } from '../../grants/index.js';

/** How long a request waits for a refresh, in milliseconds. */
const LONGEST_WAIT_MS = 12_000;
const LOOK_AGAIN_MS = 100;

/** Why a grant is refreshed: it is in use, the provider is asked whether it is back, or it is back. */
type Cause = 'USE' | 'CANARY' | 'WAITING';

/**
 * Makes concurrent requests share one refresh of a grant: in a process by a common promise, across replicas by the lease, for
 * which the others wait. Decides nothing: after the wait, the caller reads the grant again.
 */
@Injectable()
export class RefreshCoordinator implements BeforeApplicationShutdown {
  private readonly underWay = new Map<string, Promise<boolean>>();

  constructor(
    private readonly grants: GrantStore,
    private readonly attempt: RefreshAttempt,
    private readonly provider: CurrentProvider,
    private readonly silence: ProviderSilence,
    private readonly clock: Clock,
  ) {}

  /** Refreshes an expired grant, or waits for a running refresh: 12 seconds at most. Does not throw if the provider does not answer. */
  async ensureFresh(userId: string): Promise<void> {
    await isDoneWithin(LONGEST_WAIT_MS, this.singleFlight(userId));
  }

  /** Refreshes a grant in the last part of its lifetime, in the background. */
  refreshEarly(userId: string): void {
    // Failures are stored where they happen; a use after the expiry tries again.
    this.singleFlight(userId).catch(() => undefined);
  }

  /**
   * Refreshes an expired grant although the provider is silent, whatever pause was stored for it. Does not wait if another
   * replica refreshes it. False if there is nothing to refresh, such as after a refresh by another replica.
   */
  refreshAsCanary(userId: string): Promise<boolean> {
    return this.singleFlight(userId, 'CANARY');
  }

  /** Refreshes an expired grant whose user waited while the provider was silent. */
  async refreshWaiting(userId: string): Promise<void> {
    await this.singleFlight(userId, 'WAITING');
  }

  /** Waits for running refreshes, so that no answer of the provider is lost. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.attempt.settled();
  }

  private singleFlight(userId: string, cause: Cause = 'USE'): Promise<boolean> {
    const running = this.underWay.get(userId);
    if (running) return running;
    const begun = this.refreshOnce(userId, cause).finally(() => this.underWay.delete(userId));
    this.underWay.set(userId, begun);
    return begun;
  }

  /** False if there is nothing to refresh. */
  private async refreshOnce(userId: string, cause: Cause): Promise<boolean> {
    let ignoresPause = this.silence.takePass(userId) || cause === 'CANARY';
    const deadline = performance.now() + LONGEST_WAIT_MS;
    do {
      const grant = await this.grants.of(userId);
      const need = grant ? this.needOf(grant) : 'NONE';
      if (!grant || need === 'NONE') return false;
      if (await this.refreshUnlessPaused(grant, cause, ignoresPause)) {
        if (need === 'NOW' && cause === 'USE') this.silence.noteUse(userId);
        return true;
      }
      // Another replica refreshes it: an early refresh need not wait, and neither does a canary.
      if (need === 'EARLY' || cause === 'CANARY') return true;
      await sleep(LOOK_AGAIN_MS * (0.5 + Math.random()));
      // A pause that the other replica stores is newer than the pass.
      ignoresPause = false;
    } while (performance.now() < deadline);
    return true;
  }

  /** False if another replica refreshes it. */
  private async refreshUnlessPaused(grant: ProviderGrant, cause: Cause, ignoresPause: boolean): Promise<boolean> {
    const isPaused = isPausedUntil(grant.retryAt, this.clock.now());
    const maySend = cause === 'CANARY' || isPaused ? this.silence.maySend(grant) : true;
    if (maySend && (ignoresPause || !isPaused)) return this.attempt.run(grant, cause === 'CANARY');
    this.silence.noteNotAsked(grant);
    return true;
  }

  private needOf(grant: ProviderGrant): 'NONE' | 'EARLY' | 'NOW' {
    const now = this.clock.now();
    const facts = this.provider.factsOf({ ...grant, hasRefreshToken: grant.sealedRefreshToken !== null });
    const status = grantStatusOf(facts, now);
    if (status.state === OidcTokenState.FRESH) return isDueEarly(facts, now) ? 'EARLY' : 'NONE';
    return isRefreshedAtUse(status) ? 'NOW' : 'NONE';
  }
}
