import { Injectable } from '@nestjs/common';
import type { MooringRequest } from '../../access/access.decorators.js';
import { Forbidden, Unauthenticated } from '../../common/errors/common.errors.js';
import { isAdministrator } from '../../access/principal.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { SettingsService } from '../../settings/settings.service.js';
import { Availability, OnboardingNames } from '../../users/names/index.js';
import { LoginPermission } from './login-permission.service.js';
import { PendingOnboardings } from './pending-onboardings.service.js';

/** Checks whether a user name is available. Only some callers may ask, because the answer reveals which names exist. */
@Injectable()
export class UsernameAvailabilityService {
  constructor(
    private readonly pendings: PendingOnboardings,
    private readonly names: OnboardingNames,
    private readonly settings: SettingsService,
    private readonly permission: LoginPermission,
  ) {}

  /**
   * Whether a user name is available now.
   *
   * @throws {Unauthenticated} {@link Forbidden} unless the browser has a pending onboarding, self-registration is on, or
   * the caller is an administrator
   * @throws {LoginNotAllowed} if the person of the pending onboarding may not log in any more
   */
  async check(request: MooringRequest, username: string): Promise<Availability> {
    const principal = request.principal ?? null;
    const maySee = principal ? isAdministrator(principal) : await this.mayChooseName(request);
    if (!maySee) {
      throw principal ? new Forbidden() : new Unauthenticated();
    }
    return this.names.availability(username);
  }

  private async mayChooseName(request: MooringRequest): Promise<boolean> {
    const { authMode, general } = this.settings.current();
    if (authMode === AuthMode.DATABASE) return general.selfRegistration;
    const pending = await this.pendings.current(request);
    if (pending) this.permission.demandNew(pending.login);
    return pending !== null;
  }
}
