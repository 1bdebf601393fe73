import { Injectable } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { CurrentProvider } from '../oidc/current-provider.service.js';
import { RefreshCoordinator } from '../oidc/refresh/refresh-coordinator.service.js';
import { GrantFacts, isDueEarly, OidcTokenState, grantStatusOf } from '../grants/grant-status.js';
import { SettingsService } from '../settings/settings.service.js';
import { AnsweredStatus, answeredStatus, CliSecretStatus, cliSecretStatus } from './cli-secret-status.js';
import { SecretHolder } from './cli-secret.statements.js';

/** Tells whether the provider vouches for the owner of a CLI secret, and asks it again where that is due. */
@Injectable()
export class OwnerStatus {
  constructor(
    private readonly provider: CurrentProvider,
    private readonly refresher: RefreshCoordinator,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** Whether OIDC mode is in force, and with it CLI secrets. */
  isInForce(): boolean {
    return this.provider.isInForce();
  }

  /**
   * Whether nothing can be said of this owner before the provider was asked. While its word is fresh nobody waits: in
   * the last part of its life it is asked behind the answer.
   */
  hasToAsk(owner: SecretHolder): boolean {
    const grant = this.factsOf(owner);
    if (owner.isDisabled || !grant) return false;
    const now = this.clock.now();
    const { state } = grantStatusOf(grant, now);
    if (state === OidcTokenState.FRESH && isDueEarly(grant, now)) this.refresher.refreshEarly(owner.userId);
    return state === OidcTokenState.REFRESHABLE || state === OidcTokenState.OUTAGE_GRACE;
  }

  /** Asks the provider, and brings the settings up to what holds after that. */
  async ask({ userId }: SecretHolder): Promise<void> {
    await this.refresher.ensureFresh(userId);
    await this.settings.catchUp();
  }

  /** What the right secret of this owner is answered, and until when the provider's word is good. */
  verdictOn(owner: SecretHolder): { readonly status: AnsweredStatus; readonly validUntil: Date } {
    const grant = this.factsOf(owner);
    const now = this.clock.now();
    const standing = grantStatusOf(grant, now);
    const status = answeredStatus({ isDisabled: owner.isDisabled, grant }, standing);
    const end = standing.state === OidcTokenState.OUTAGE_GRACE ? grant?.graceUntil : grant?.expiresAt;
    return { status, validUntil: end ?? now };
  }

  /** Whether the right secret would be accepted, as far as is known without asking; a missing owner has none. */
  knownStatusOf(owner: SecretHolder | null): CliSecretStatus {
    if (!owner) return CliSecretStatus.USER_DISABLED;
    return cliSecretStatus({ isDisabled: owner.isDisabled, grant: this.factsOf(owner) }, this.clock.now());
  }

  /** What the groups of an owner amount to now, under the settings in force. */
  rightsBy({ groups }: SecretHolder) {
    return this.provider.rightsBy(groups);
  }

  private factsOf({ grant }: SecretHolder): GrantFacts | null {
    return grant && this.provider.factsOf(grant);
  }
}
