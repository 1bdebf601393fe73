import { Injectable } from '@nestjs/common';
import { SecretText } from '../common/crypto/secret-text.js';
import { Clock } from '../common/runtime/clock.js';
import { CurrentProvider } from '../oidc/index.js';
import { RefreshCoordinator } from '../oidc/refresh/index.js';
import { SettingsService } from '../settings/settings.service.js';
import { ClientAddress } from '../throttling/index.js';
import { CliSecretStatus, isEarlyRefreshDue, mustRefresh, OwnerFacts, verdictOn } from './cli-secret-status.js';
import { ownerFactsOf, SecretHolder } from './cli-secret.statements.js';
import { PresentedSecrets } from './presented-secrets.service.js';
import { providerFaultOf } from './status-messages.js';
import { Verification } from './verification.js';

/** Answers registry backends: is this the CLI secret of this user, and does the provider vouch for the user? */
@Injectable()
export class CliSecretVerifier {
  constructor(
    private readonly secrets: PresentedSecrets,
    private readonly provider: CurrentProvider,
    private readonly refreshes: RefreshCoordinator,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether this is the user's current secret and would be accepted now. A wrong secret, an unknown user and a user
   * without a secret get the same answer after the same work; anything more specific is told only to the right secret.
   * An expired grant is refreshed first, for 12 seconds at most, and the answer is decided on a row read after that.
   * After too many wrong secrets the result is RATE_LIMITED; a right generated secret is accepted all the same.
   *
   * @param client where the registry client is
   */
  async verify(username: string, secret: SecretText, client: ClientAddress): Promise<Verification> {
    if (!this.provider.isInForce()) return { status: 'AUTH_MODE_NOT_OIDC', waited: false };
    const { found: holder, retryAfterSeconds, named } = await this.secrets.present(username, secret, client);
    if (retryAfterSeconds !== null) return { status: 'RATE_LIMITED', retryAfterSeconds, waited: false };
    if (!holder) return { status: 'MISMATCH', waited: false, name: this.secrets.presentedName(username, named) };
    const owner = ownerFactsOf(holder, this.provider);
    if (!mustRefresh(owner, this.clock.now())) {
      this.refreshEarlyIfDue(holder, owner);
      return this.verificationOf(holder, owner, false);
    }
    await this.refreshes.ensureFresh(holder.userId);
    await this.settings.catchUp();
    const current = await this.secrets.holderOf(username, secret);
    if (!current) return { status: 'MISMATCH', waited: true, name: this.secrets.presentedName(username, holder) };
    return this.verificationOf(current, ownerFactsOf(current, this.provider), true);
  }

  /** Nobody waits for the provider while the grant is fresh: in the last part of its life it is refreshed in the background. */
  private refreshEarlyIfDue({ userId }: SecretHolder, owner: OwnerFacts): void {
    if (isEarlyRefreshDue(owner, this.clock.now())) this.refreshes.refreshEarly(userId);
  }

  private verificationOf(holder: SecretHolder, owner: OwnerFacts, waited: boolean): Verification {
    const { status, validUntil } = verdictOn(owner, this.clock.now());
    if (status !== CliSecretStatus.VALID) {
      const name = this.secrets.presentedName(holder.username, holder);
      return { status, waited, provider: providerFaultOf(holder.errorAnswers), name };
    }
    const { userId, username } = holder;
    const { groups, isAdmin } = this.provider.rightsBy(holder.groups);
    return { status, principal: { userId, username, isAdmin: holder.isAdmin || isAdmin, groups }, validUntil, waited };
  }
}
