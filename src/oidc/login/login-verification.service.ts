import { Injectable, Logger } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { ProviderLogin, providerSessionOf } from '../../grants/index.js';
import { ProviderLogouts } from '../../provider-logouts/index.js';
import { SettingsService } from '../../settings/settings.service.js';
import { callbackAnswerOf, CurrentProvider } from '../index.js';
import type { ProviderClient } from '../provider/index.js';
import type { LoginAttempt } from './login-attempts.service.js';
import { ProviderReplaced } from './login.errors.js';

const MOST_LOGGED = 100;

type VerifiedLogin = Awaited<ReturnType<ProviderClient['exchange']>>;

/** Verifies the answer with which the provider sends a browser back: exchanges the code, and verifies the tokens. */
@Injectable()
export class LoginVerification {
  private readonly logger = new Logger(LoginVerification.name);
  private readonly logged = new Set<string>();

  constructor(
    private readonly provider: CurrentProvider,
    private readonly logouts: ProviderLogouts,
    private readonly settings: SettingsService,
  ) {}

  /**
   * Verifies the answer to an attempt that was consumed.
   *
   * @throws {ProviderReplaced} if the provider was replaced in the settings
   * @throws {LoggedOutMeanwhile} if the provider reported a logout that ends this login
   * @throws {CodeSpent} if the first method of client authentication was refused, and the code with it
   * @throws {ProviderUnavailable} if the provider did not answer
   * @throws {ProviderError} if the provider refused the exchange, or its answer is not valid
   */
  async verify(exchange: HttpExchange, attempt: LoginAttempt): Promise<ProviderLogin> {
    this.demandProviderOf(attempt);
    const client = await this.provider.client();
    const verified = await client.exchange(callbackAnswerOf(exchange), attempt);
    const { profile, tokens } = verified;
    // Settings may have changed during the wait for the provider: the new ones decide.
    await this.settings.catchUp();
    this.demandProviderOf(attempt);
    const { returnTo, begunAt } = attempt;
    const detail = this.noteFaults(verified);
    const login = { profile, tokens, clientId: client.clientId, returnTo, detail, begunAt: new Date(begunAt) };
    await this.logouts.refuseEnded(providerSessionOf(login));
    return login;
  }

  /** What of the answers could not be used; each is logged once, because a provider that sends it once sends it always. */
  private noteFaults({ userinfoFailure, groupsProblem }: VerifiedLogin): string | null {
    const faults: readonly (readonly [string | null, string])[] = [
      [userinfoFailure, 'Userinfo could not be used at a login; the ID token decided.'],
      [groupsProblem, 'The groups could not be read at a login as the provider sent them.'],
    ];
    for (const [detail, message] of faults) if (detail !== null) this.logOnce(detail, message);
    return faults.flatMap(([detail]) => detail ?? []).join('; ') || null;
  }

  private logOnce(detail: string, message: string): void {
    const fault = `${this.provider.fingerprint()} ${detail}`;
    if (this.logged.has(fault)) return;
    if (this.logged.size >= MOST_LOGGED) this.logged.clear();
    this.logged.add(fault);
    this.logger.warn({ detail }, message);
  }

  private demandProviderOf({ provider }: LoginAttempt): void {
    if (provider !== this.provider.fingerprint()) throw new ProviderReplaced();
  }
}
