import { Injectable } from '@nestjs/common';
import type { MooringRequest } from '../common/access.decorators.js';
import { Forbidden, Unauthenticated } from '../common/common.errors.js';
import { isAdministrator } from '../common/principal.js';
import { SettingsService } from '../settings/settings.service.js';
import { Availability, OnboardingService } from '../users/onboarding.service.js';
import { PendingOnboarding } from './onboarding.models.js';
import { PendingOnboardings } from './pending-onboardings.service.js';
import { providerNameOf } from './provider-name.js';

/** Helps to choose a user name. Who may ask is limited, for the answer tells which names exist. */
@Injectable()
export class NameAdvice {
  constructor(
    private readonly pendings: PendingOnboardings,
    private readonly onboarding: OnboardingService,
    private readonly settings: SettingsService,
  ) {}

  /** The first login that waits in this browser, with a name that could be had, or null. */
  async pending(request: MooringRequest): Promise<PendingOnboarding | null> {
    const pending = await this.pendings.current(request);
    if (!pending) return null;
    const { email, suggestedUsername: wanted } = pending.login.profile;
    const providerName = providerNameOf(this.settings.current().oidc);
    const suggestedUsername = await this.onboarding.suggest(wanted);
    return { providerName, suggestedUsername, email, expiresAt: pending.expiresAt };
  }

  /**
   * Whether a name could be had now.
   *
   * @throws {Unauthenticated} {@link Forbidden} for who neither waits for a name nor is an administrator
   */
  async availability(request: MooringRequest, username: string): Promise<Availability> {
    const principal = request.principal ?? null;
    if (principal ? !isAdministrator(principal) : !(await this.pendings.current(request))) {
      throw principal ? new Forbidden() : new Unauthenticated();
    }
    return this.onboarding.availability(username);
  }
}
