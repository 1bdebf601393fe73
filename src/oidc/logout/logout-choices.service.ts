import { Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { GrantStore } from '../../grants/index.js';
import { SettingsService } from '../../settings/settings.service.js';
import { CurrentProvider, LogoutEvidence } from '../index.js';
import { RpInitiatedLogout } from './rp-initiated-logout.service.js';

/** Whether a logout goes on to the provider, and what that ends there. */
@Injectable()
export class LogoutChoices {
  constructor(
    private readonly settings: SettingsService,
    private readonly provider: CurrentProvider,
    private readonly grants: GrantStore,
    private readonly evidence: LogoutEvidence,
    private readonly rpInitiatedLogout: RpInitiatedLogout,
  ) {}

  /**
   * Whether a logout of this browser at the provider would end the CLI secret of its user, as was seen at this provider
   * before: then the user should be asked.
   */
  async endsCliSecret({ request: { principal } }: HttpExchange): Promise<boolean> {
    if (principal?.kind !== 'user' || !this.settings.current().oidc.logout || !this.provider.isInForce()) return false;
    const grant = await this.grants.of(principal.userId);
    if (!grant || grant.endReason !== null || !this.provider.isSource(grant.issuer, grant.clientId)) return false;
    return this.evidence.endsGrant(grant);
  }

  /**
   * Begins a logout at the provider, and notes it.
   *
   * @returns the URL to which the browser must go; null if this is a logout here only
   */
  async begin(exchange: HttpExchange): Promise<string | null> {
    const url = await this.rpInitiatedLogout.begin(exchange);
    const { principal } = exchange.request;
    if (url !== null && principal?.kind === 'user') await this.evidence.noteBegun(principal.userId);
    return url;
  }
}
