import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors/domain-error.js';
import { Clock } from '../common/runtime/clock.js';
import type { EgressProxies } from '../common/network/egress-proxy.js';
import { sha256 } from '../common/crypto/random-text.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { redirectUriOf } from '../config/public-urls.js';
import { Metrics } from '../health/index.js';
import { AuthMode } from '../settings/auth-mode.js';
import { groupsThatCount, hasAdminGroup, knownGroups, mayLogIn, ToldGroups } from '../settings/group-rules.js';
import { OidcNotConfigured } from '../settings/settings.errors.js';
import { scopesOf } from '../settings/oidc-setting-problems.js';
import { missingForOidcMode, OidcSettings } from '../settings/oidc-settings.schema.js';
import { SettingsService } from '../settings/settings.service.js';
import { GrantFacts, grantFactsOf, KeptGrant } from '../grants/status/index.js';
import { ProviderClient, ProviderService, ProviderSettings } from './provider/index.js';

/** The configured provider, with the settings in force. */
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
   * @throws {OidcNotConfigured} if a setting is missing
   * @throws {ProviderUnavailable} if the provider does not answer
   * @throws {ProviderError} if its metadata can't be used
   */
  client(): Promise<ProviderClient> {
    const { oidc, revision } = this.settings.current();
    const settings = this.connectionOf(oidc);
    const noteExchange: ProviderSettings['noteExchange'] = (outcome, seconds) =>
      this.metrics.exchange(outcome, seconds);
    return this.providers.clientFor({ ...settings, noteExchange }, revision);
  }

  /**
   * What a client of the provider needs, from these settings.
   *
   * @throws {OidcNotConfigured} if a setting is missing
   */
  connectionOf(oidc: OidcSettings): ProviderSettings {
    const { endpoint, clientId, clientSecret } = oidc;
    const missing = missingForOidcMode(oidc);
    if (!endpoint || !clientId || missing.length > 0) throw new OidcNotConfigured(missing);
    return {
      ...oidc,
      ...{ issuer: endpoint, clientId, clientSecret },
      scopes: scopesOf(oidc.scope),
      ...{ redirectUri: this.redirectUri, egress: this.egress },
    };
  }

  /**
   * Whether the provider answers a request for its metadata, if that is not known, and for its keys. What failed before is
   * asked again.
   *
   * @param deadlineMs when the keys are no longer waited for, in milliseconds
   */
  async answers(deadlineMs: number): Promise<boolean> {
    this.forgetFailure();
    try {
      return await (await this.client()).hasKeys(deadlineMs);
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /** Forgets that the provider's metadata could not be loaded, so that the next caller asks for it again. */
  forgetFailure(): void {
    this.providers.forgetFailure();
  }

  /** The redirect URI: where the provider sends browsers back. */
  get redirectUri(): string {
    return redirectUriOf(this.environment);
  }

  /** The proxies for requests to the provider. */
  get egress(): EgressProxies {
    return this.environment.egress;
  }

  /** Whether OIDC mode is in force. */
  isInForce(): boolean {
    return this.settings.current().authMode === AuthMode.OIDC;
  }

  /** The facts that decide the status of a stored grant, under the settings in force. */
  factsOf(grant: KeptGrant): GrantFacts {
    return grantFactsOf(grant, this.settings.current().oidc);
  }

  /** Whether this issuer and client id are the configured ones. */
  isSource(issuer: string, clientId: string): boolean {
    const { oidc } = this.settings.current();
    return issuer === oidc.endpoint && clientId === oidc.clientId;
  }

  /** The groups of a grant that count now, and whether they make the user an administrator. */
  rightsBy(told: ToldGroups): { readonly groups: readonly string[]; readonly isAdmin: boolean } {
    const { oidc } = this.settings.current();
    const groups = knownGroups(oidc, told, this.clock.now());
    const isAdmin = hasAdminGroup(oidc, groups) && this.mayLogIn(told);
    return { groups: groupsThatCount(oidc, groups), isAdmin };
  }

  /** Whether a person with these groups may log in. */
  mayLogIn(told: ToldGroups): boolean {
    return mayLogIn(this.settings.current().oidc, told, this.clock.now());
  }

  /** A short digest of the configured issuer and client id. */
  fingerprint(): string {
    const { oidc } = this.settings.current();
    return providerFingerprint(oidc.endpoint, oidc.clientId);
  }
}

/** A short digest of an issuer and a client id: the key of what is known of this client. */
export function providerFingerprint(issuer: string | null, clientId: string | null): string {
  return sha256(JSON.stringify([issuer, clientId]));
}
