import { Injectable } from '@nestjs/common';
import { isForeignKeyRefusal } from '../../common/persistence/conditional-write.js';
import { SettingsService } from '../../settings/settings.service.js';
import { OnboardingService, User, UsernameTaken } from '../../users/index.js';
import { OnboardingNames } from '../../users/names/index.js';
import type { VerifiedProfile } from '../provider/index.js';

/** Onboards a new identity with the user name from the provider, if `oidc.autoOnboard` is on. */
@Injectable()
export class AutoOnboarding {
  constructor(
    private readonly settings: SettingsService,
    private readonly onboarding: OnboardingService,
    private readonly names: OnboardingNames,
  ) {}

  /**
   * Creates the user. Null if the setting is off, or the user name is missing, not valid, taken, or without the place in the
   * registry that the settings require: then the person chooses one.
   */
  async tryOnboard(profile: VerifiedProfile): Promise<User | null> {
    const name = profile.suggestedUsername;
    const isOn = this.settings.current().oidc.autoOnboard;
    if (!isOn || name === null || (await this.names.problemOf(name)) !== undefined) return null;
    try {
      return await this.onboarding.onboard(profile, name);
    } catch (error) {
      if (error instanceof UsernameTaken || isForeignKeyRefusal(error)) return null;
      throw error;
    }
  }
}
