import { Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { isForeignKeyRefusal } from '../../common/persistence/conditional-write.js';
import { OnboardingService } from '../../users/onboarding.service.js';
import { User } from '../../users/user.entity.js';
import { ReturningLogin } from './returning-login.service.js';
import { OnboardingExpired } from './login.errors.js';
import { PendingOnboardings } from './pending-onboardings.service.js';
import type { ProviderLogin } from '../../grants/provider-login.js';

/** Ends a first login: the person has chosen a user name. */
@Injectable()
export class FirstLogin {
  constructor(
    private readonly pendings: PendingOnboardings,
    private readonly onboarding: OnboardingService,
    private readonly knownLogin: ReturningLogin,
  ) {}

  /**
   * Makes the person whose login waits in this browser a user, and logs them in.
   *
   * @throws {OnboardingExpired} where none waits, or it is used already
   * @throws {UserDisabled} {@link LoggedOutMeanwhile} for somebody who is not let in
   * @throws {UsernameTaken} {@link BadUserInput} for a name that can't be had; the login goes on waiting
   */
  async finish(exchange: HttpExchange, username: string): Promise<{ user: User; redirectUrl: string }> {
    const pending = await this.pendings.current(exchange.request);
    if (!pending) throw new OnboardingExpired();
    const user = await this.makeUser(pending.login, username);
    await this.pendings.take(pending);
    const redirectUrl = await this.knownLogin.enter(exchange, user, pending.login);
    return { user, redirectUrl };
  }

  private async makeUser({ profile }: ProviderLogin, username: string): Promise<User> {
    try {
      return await this.onboarding.onboard(profile, username);
    } catch (error) {
      // The auth mode was switched while the person chose a name.
      throw isForeignKeyRefusal(error) ? new OnboardingExpired() : error;
    }
  }
}
