import { Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { isForeignKeyRefusal } from '../../common/persistence/conditional-write.js';
import { IdentityRequests } from '../../users/identities/index.js';
import { OnboardingService, User } from '../../users/index.js';
import { LoginPermission } from './login-permission.service.js';
import { LoginCompletion } from './login-completion.service.js';
import { OnboardingExpired } from './login.errors.js';
import { PendingOnboardings } from './pending-onboardings.service.js';
import type { ProviderLogin } from '../../grants/index.js';

/** Completes a first login with the chosen user name. */
@Injectable()
export class FirstLogin {
  constructor(
    private readonly pendings: PendingOnboardings,
    private readonly onboarding: OnboardingService,
    private readonly completion: LoginCompletion,
    private readonly permission: LoginPermission,
    private readonly requests: IdentityRequests,
  ) {}

  /**
   * Creates the user of this browser's pending onboarding, and logs them in.
   *
   * @throws {OnboardingExpired} if there is no pending onboarding, or it is used already
   * @throws {LoginNotAllowed} if the person is in no group that may log in any more; the onboarding stays pending
   * @throws {UserDisabled} {@link LoggedOutMeanwhile} as {@link LoginCompletion.complete} does
   * @throws {UsernameTaken} {@link BadUserInput} if the name is not available; the onboarding stays pending
   */
  async finish(exchange: HttpExchange, username: string): Promise<{ user: User; redirectUrl: string }> {
    const pending = await this.pendings.current(exchange.request);
    if (!pending) throw new OnboardingExpired();
    this.permission.demandNew(pending.login);
    const user = await this.createUser(pending.login, username);
    await this.pendings.take(pending);
    await this.requests.withdraw(pending.login.profile);
    const redirectUrl = await this.completion.complete(exchange, user, pending.login);
    return { user, redirectUrl };
  }

  private async createUser({ profile }: ProviderLogin, username: string): Promise<User> {
    try {
      return await this.onboarding.onboard(profile, username);
    } catch (error) {
      // The auth mode was switched while the person chose a user name.
      throw isForeignKeyRefusal(error) ? new OnboardingExpired() : error;
    }
  }
}
