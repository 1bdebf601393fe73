import { Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import type { ProviderLogin } from '../../grants/index.js';
import type { User } from '../../users/index.js';
import { ConsentOffers } from '../consent/index.js';
import { ReturningLogin } from './returning-login.service.js';

/** Completes a login of a user: opens the session, and decides where the browser goes. */
@Injectable()
export class LoginCompletion {
  constructor(
    private readonly returningLogin: ReturningLogin,
    private readonly offers: ConsentOffers,
  ) {}

  /**
   * Logs in a user and returns the path to which the browser is redirected: where the login led, or the start of a round that
   * asks the provider for a refresh token.
   *
   * @throws {UserDisabled} {@link LoginNotAllowed} {@link LoggedOutMeanwhile} as {@link ReturningLogin.enter} does
   */
  async complete(exchange: HttpExchange, user: User, login: ProviderLogin): Promise<string> {
    const keepsUnclearToken = await this.offers.keepsUnclearToken(user.id, login);
    const id = await this.returningLogin.enter(exchange, user, login);
    return this.offers.pathAfter(exchange, { id, userId: user.id }, login, keepsUnclearToken);
  }
}
