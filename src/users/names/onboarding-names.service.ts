import { Injectable } from '@nestjs/common';
import { AuthMode } from '../../settings/auth-mode.js';
import { SettingsService } from '../../settings/settings.service.js';
import { Availability, NameSuggestions } from './name-suggestions.service.js';
import { UsernameProblem } from './username.js';

/** The rules for the name of a new person: those for every user name, and the place in the registry if it is required. */
@Injectable()
export class OnboardingNames {
  constructor(
    private readonly settings: SettingsService,
    private readonly names: NameSuggestions,
  ) {}

  /** The problem of a new person's user name, except that it is taken; undefined if there is none. */
  async problemOf(username: string): Promise<Exclude<UsernameProblem, UsernameProblem.TAKEN> | undefined> {
    const problem = await this.names.problemOf(username);
    if (problem || !this.isPlaceRequired() || this.names.givesPlace(username)) return problem;
    return UsernameProblem.NO_PLACE;
  }

  /**
   * Whether a new person can choose a user name now.
   *
   * @param isPlaceRequired whether it must give a place in the registry, if not by the settings in force
   */
  availability(username: string, isPlaceRequired = this.isPlaceRequired()): Promise<Availability> {
    return this.names.availability(username, isPlaceRequired);
  }

  /**
   * A name that a new person can choose, close to the wanted one; null if there is none.
   *
   * @param isPlaceRequired whether it must give a place in the registry, if not by the settings in force
   */
  suggest(wanted: string | null, isPlaceRequired = this.isPlaceRequired()): Promise<string | null> {
    return isPlaceRequired ? this.names.suggestWithPlace(wanted) : this.names.suggest(wanted);
  }

  private isPlaceRequired(): boolean {
    const { authMode, oidc } = this.settings.current();
    return authMode === AuthMode.OIDC && oidc.requireRepositoryName;
  }
}
