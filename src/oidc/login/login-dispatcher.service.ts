import { Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { UsersService } from '../../users/index.js';
import { AutoOnboarding } from './auto-onboarding.service.js';
import { LoginPermission } from './login-permission.service.js';
import { LoginCompletion } from './login-completion.service.js';
import { PendingOnboardings } from './pending-onboardings.service.js';
import type { ProviderLogin } from '../../grants/index.js';

const ONBOARDING_PAGE = '/onboarding';

/** Decides what follows a verified login: log in a known user, or onboard a new one. */
@Injectable()
export class LoginDispatcher {
  constructor(
    private readonly users: UsersService,
    private readonly pendings: PendingOnboardings,
    private readonly autoOnboarding: AutoOnboarding,
    private readonly completion: LoginCompletion,
    private readonly permission: LoginPermission,
  ) {}

  /**
   * Logs in or onboards, and returns the path to which the browser is redirected.
   *
   * @throws {LoginNotAllowed} if the person is in no group that may log in
   * @throws {UserDisabled} {@link LoggedOutMeanwhile} as {@link LoginCompletion.complete} does
   */
  async next(exchange: HttpExchange, login: ProviderLogin): Promise<string> {
    const known = await this.users.byIdentity(login.profile.issuer, login.profile.subject);
    if (!known) await this.permission.demandNewAtLogin(exchange, login);
    const user = known ?? (await this.autoOnboarding.tryOnboard(login.profile));
    if (user) return this.completion.complete(exchange, user, login);
    await this.pendings.open(exchange, login);
    return ONBOARDING_PAGE;
  }
}
