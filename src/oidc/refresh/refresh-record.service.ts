import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/runtime/clock.js';
import { ProviderFactsService } from '../../provider-facts/index.js';
import { CurrentProvider } from '../index.js';

/** When the configured provider has refreshed grants, on any replica. */
@Injectable()
export class RefreshRecord {
  constructor(
    private readonly provider: CurrentProvider,
    private readonly facts: ProviderFactsService,
    private readonly clock: Clock,
  ) {}

  /** Notes that it has refreshed a grant. */
  noteRefresh(): Promise<void> {
    return this.facts.noteRefreshed(this.provider.fingerprint(), this.clock.now());
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
