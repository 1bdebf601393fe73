import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { HttpExchange } from '../../access/access.decorators.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import type { RequestParameters } from '../../common/network/request-parameters.js';
import { PushedLoginThrottle } from '../../throttling/index.js';
import { challengeOf, CurrentProvider } from '../index.js';
import { ProviderClient } from '../provider/index.js';
import { isBegunByPerson } from './begun-by-person.js';
import { AttemptMarks, LoginAttempts } from './login-attempts.service.js';
import { LoginNotOpened } from './login.errors.js';

/** OpenID Connect Core 1.0, section 11: a provider may give a refresh token only after a consent that it asks for anew. */
const ASK_AGAIN = { prompt: 'consent' };

/** The request of a login that has begun. */
export interface BegunLogin {
  readonly client: ProviderClient;
  readonly state: string;
  /** What is sent in addition to the parameters of plain OAuth. */
  readonly parameters: RequestParameters;
  /** Where the browser goes if the request was pushed to the provider (RFC 9126); null if the browser brings it. */
  readonly pushedUrl: string | null;
}

/** Begins logins at the provider in force. */
@Injectable()
export class LoginRequests {
  constructor(
    private readonly provider: CurrentProvider,
    private readonly attempts: LoginAttempts,
    private readonly throttle: PushedLoginThrottle,
  ) {}

  /**
   * Begins a login: pushes its request where that is wanted, and gives the attempt to the browser.
   *
   * @throws {LoginNotOpened} if it pushes its request, and no person opened the address
   * @throws {RateLimited} if too many logins from this address push their request
   * @throws the errors of {@link CurrentProvider.client} and {@link ProviderClient.pushedLoginUrl}; the browser then has no new attempt
   */
  async begin(exchange: HttpExchange, returnTo: string, marks: AttemptMarks = {}): Promise<BegunLogin> {
    const client = await this.provider.client();
    const attempt = this.attempts.draft(this.provider.fingerprint(), returnTo, marks);
    const { state, nonce, pkceVerifier } = attempt;
    const codeChallenge = challengeOf(pkceVerifier);
    const parameters = {
      ...client.authorizationParameters({ nonce, codeChallenge }),
      ...(marks.consent && ASK_AGAIN),
    };
    const push = () => client.pushedLoginUrl({ state, parameters });
    const pushedUrl = client.isPushing ? await this.pushed(exchange.request, push) : null;
    this.attempts.begin(exchange, attempt);
    return { client, state, parameters, pushedUrl };
  }

  // Else the images of any page could use up what may be pushed from the addresses of its readers.
  private async pushed(request: FastifyRequest, push: () => Promise<string>): Promise<string> {
    if (!isBegunByPerson(request.headers)) throw new LoginNotOpened();
    return this.throttle.push(clientAddressOf(request), push);
  }
}
