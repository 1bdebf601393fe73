import { Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { UsersService } from '../../users/users.service.js';
import { AutoOnboarding } from './auto-onboarding.service.js';
import { ReturningLogin } from './returning-login.service.js';
import { PendingOnboardings } from './pending-onboardings.service.js';
import type { ProviderLogin } from '../../grants/provider-login.js';

const ONBOARDING_PAGE = '/onboarding';

/** Decides what comes after a login that the provider vouches for: somebody known goes on, somebody new gets a name. */
@Injectable()
export class LoginDispatcher {
  constructor(
    private readonly users: UsersService,
    private readonly pendings: PendingOnboardings,
    private readonly autoOnboarding: AutoOnboarding,
    private readonly knownLogin: ReturningLogin,
  ) {}

  /**
   * The path where the browser goes next.
   *
   * @throws {UserDisabled} {@link LoggedOutMeanwhile} for somebody who is not let in
   */
  async next(exchange: HttpExchange, login: ProviderLogin): Promise<string> {
    const known = await this.users.byIdentity(login.profile.issuer, login.profile.subject);
    const user = known ?? (await this.autoOnboarding.onboarded(login.profile));
    if (user) return this.knownLogin.enter(exchange, user, login);
    await this.pendings.open(exchange, login);
    return ONBOARDING_PAGE;
  }
}
