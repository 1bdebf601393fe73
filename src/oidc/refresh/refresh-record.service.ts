import { Injectable } from '@nestjs/common';
import type { AuditOutcome } from '../../audit/index.js';
import { Clock } from '../../common/runtime/clock.js';
import { Metrics } from '../../health/index.js';
import { ProviderFactsService } from '../../provider-facts/index.js';
import type { ProviderGrant } from '../../grants/index.js';
import { CurrentProvider, LogoutEvidence } from '../index.js';

/** When the configured provider has refreshed grants, on any replica, and what their ends tell about its logout. */
@Injectable()
export class RefreshRecord {
  constructor(
    private readonly provider: CurrentProvider,
    private readonly facts: ProviderFactsService,
    private readonly logouts: LogoutEvidence,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Counts an answer to a refresh, with the reason that the audit log has. */
  count(outcome: AuditOutcome, reason: string | null): void {
    this.metrics.refresh(outcome, reason);
  }

  /** Notes that it has refreshed a grant. */
  noteRefresh(): Promise<void> {
    return this.facts.noteRefreshed(this.provider.fingerprint(), this.clock.now());
  }

  /** Notes that it has refreshed a grant after all; as it was before. */
  noteRecovery(grant: ProviderGrant): Promise<void> {
    return this.logouts.noteRecovery(grant);
  }

  /** Notes that it has refused to refresh a grant; as it was before. */
  noteRefusal(grant: ProviderGrant): Promise<void> {
    return this.logouts.noteEnd(grant);
  }

  /** For how long it has refreshed grants up to now, in milliseconds; see {@link ProviderFactsService.refreshingTime}. */
  refreshingTime(): Promise<number> {
    return this.facts.refreshingTime(this.provider.fingerprint(), this.clock.now());
  }

  /** When it last refreshed a grant, to ten seconds; null if never. */
  lastRefresh(): Promise<Date | null> {
    return this.facts.lastRefresh(this.provider.fingerprint());
  }
}
