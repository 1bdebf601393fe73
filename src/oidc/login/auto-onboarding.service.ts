import { Injectable } from '@nestjs/common';
import { isForeignKeyRefusal } from '../../common/persistence/conditional-write.js';
import { SettingsService } from '../../settings/settings.service.js';
import { OnboardingService } from '../../users/onboarding.service.js';
import { User } from '../../users/user.entity.js';
import { NameSuggestions } from '../../users/names/name-suggestions.service.js';
import { UsernameTaken } from '../../users/users.errors.js';
import type { VerifiedProfile } from '../provider/index.js';

/** Gives a new person the name that the provider sent, where the settings want that. */
@Injectable()
export class AutoOnboarding {
  constructor(
    private readonly settings: SettingsService,
    private readonly onboarding: OnboardingService,
    private readonly names: NameSuggestions,
  ) {}

  /** The new user; null where the setting is off, or the name is missing, not valid or taken: then the person chooses. */
  async onboarded(profile: VerifiedProfile): Promise<User | null> {
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
