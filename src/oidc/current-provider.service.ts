import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { sha256 } from '../common/crypto/random-text.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { redirectUriOf } from '../config/env.js';
import { Metrics } from '../health/metrics.js';
import { AuthMode } from '../settings/auth-mode.js';
import { groupsThatCount, hasAdminGroup, knownGroups, ToldGroups } from '../settings/group-rules.js';
import { OidcNotConfigured } from '../settings/settings.errors.js';
import { missingForOidcMode, scopesOf } from '../settings/oidc-settings.schema.js';
import { SettingsService } from '../settings/settings.service.js';
import { GrantFacts } from '../grants/grant-status.js';
import { grantFactsOf, KeptGrant } from '../grants/grant-facts.js';
import { ProviderClient, ProviderService, ProviderSettings } from './provider/index.js';

/** The provider that the settings now name. */
@Injectable()
export class CurrentProvider {
  constructor(
    private readonly settings: SettingsService,
    private readonly providers: ProviderService,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * A client of the provider.
   *
   * @throws {OidcNotConfigured} where a setting is missing
   * @throws {ProviderUnavailable} where the provider does not answer
   * @throws {ProviderError} where what it publishes about itself can't be used
   */
  client(): Promise<ProviderClient> {
    const { oidc, revision } = this.settings.current();
    const { endpoint, clientId, clientSecret } = oidc;
    if (!endpoint || !clientId || !clientSecret) throw new OidcNotConfigured(missingForOidcMode(oidc));
    const settings: ProviderSettings = {
      ...oidc,
      ...{ issuer: endpoint, clientId, clientSecret },
      scopes: scopesOf(oidc.scope),
      redirectUri: this.redirectUri,
      noteExchange: (outcome) => this.metrics.exchange(outcome),
    };
    return this.providers.clientFor(settings, revision);
  }

  /** Where the provider sends browsers back to. */
  get redirectUri(): string {
    return redirectUriOf(this.environment);
  }

  /** Whether OIDC mode is in force. */
  isInForce(): boolean {
    return this.settings.current().authMode === AuthMode.OIDC;
  }

  /** What of a stored grant decides its status, under the settings in force. */
  factsOf(grant: KeptGrant): GrantFacts {
    return grantFactsOf(grant, this.settings.current().oidc);
  }

  /** Whether an identity or a login that came from this issuer and client id is the business of the provider in force. */
  isSource(issuer: string, clientId: string): boolean {
    const { oidc } = this.settings.current();
    return issuer === oidc.endpoint && clientId === oidc.clientId;
  }

  /** What the groups that a grant of this provider tells of amount to now, under the settings in force. */
  rightsBy(told: ToldGroups): { readonly groups: readonly string[]; readonly isAdmin: boolean } {
    const { oidc } = this.settings.current();
    const groups = knownGroups(oidc, told, this.clock.now());
    return { groups: groupsThatCount(oidc, groups), isAdmin: hasAdminGroup(oidc, groups) };
  }

  /** Stands for the issuer and client id in force, in few characters. */
  fingerprint(): string {
    const { oidc } = this.settings.current();
    return sha256(JSON.stringify([oidc.endpoint, oidc.clientId]));
  }
}
