import { Injectable } from '@nestjs/common';
import type { MooringRequest } from '../../access/access.decorators.js';
import { Forbidden, Unauthenticated } from '../../common/errors/common.errors.js';
import { isAdministrator } from '../../access/principal.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { SettingsService } from '../../settings/settings.service.js';
import { Availability, NameSuggestions } from '../../users/names/name-suggestions.service.js';
import { PendingOnboarding } from './onboarding.models.js';
import { PendingOnboardings } from './pending-onboardings.service.js';
import { providerNameOf } from '../../settings/provider-name.js';

/** Helps to choose a user name. Who may ask is limited, for the answer tells which names exist. */
@Injectable()
export class NameAdvice {
  constructor(
    private readonly pendings: PendingOnboardings,
    private readonly names: NameSuggestions,
    private readonly settings: SettingsService,
  ) {}

  /** The first login that waits in this browser, with a name that could be had, or null. */
  async pending(request: MooringRequest): Promise<PendingOnboarding | null> {
    const pending = await this.pendings.current(request);
    if (!pending) return null;
    const { email, suggestedUsername: wanted } = pending.login.profile;
    const providerName = providerNameOf(this.settings.current().oidc);
    const suggestedUsername = await this.names.suggest(wanted);
    return { providerName, suggestedUsername, email, expiresAt: pending.expiresAt };
  }

  /**
   * Whether a name could be had now.
   *
   * @throws {Unauthenticated} {@link Forbidden} for who neither waits for a name, nor may register, nor is an
   * administrator
   */
  async availability(request: MooringRequest, username: string): Promise<Availability> {
    const principal = request.principal ?? null;
    const maySee = principal ? isAdministrator(principal) : await this.choosesName(request);
    if (!maySee) {
      throw principal ? new Forbidden() : new Unauthenticated();
    }
    return this.names.availability(username);
  }

  private async choosesName(request: MooringRequest): Promise<boolean> {
    const { authMode, general } = this.settings.current();
    if (authMode === AuthMode.DATABASE) return general.selfRegistration;
    return (await this.pendings.current(request)) !== null;
  }
}
