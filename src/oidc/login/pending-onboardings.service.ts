import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { HttpExchange } from '../../access/access.decorators.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { CurrentProvider } from '../current-provider.service.js';
import { OnboardingExpired } from './login.errors.js';
import { providerSessionOf, ProviderLogin } from '../../grants/provider-login.js';

/** A first login that waits for a user name. */
export interface PendingLogin {
  readonly sessionId: string;
  readonly login: ProviderLogin;
  readonly expiresAt: Date;
}

/** First logins that wait for a user name, each sealed in its browser's own session and used once. */
@Injectable()
export class PendingOnboardings {
  constructor(
    private readonly sessions: SessionsService,
    private readonly provider: CurrentProvider,
  ) {}

  /**
   * Keeps a login until its owner has chosen a name: 15 minutes at most.
   *
   * @throws {LoggedOutMeanwhile}
   */
  async open(exchange: HttpExchange, login: ProviderLogin): Promise<void> {
    await this.sessions.openPending(exchange, JSON.stringify(login), providerSessionOf(login));
  }

  /** The login that waits in this browser, or null; one that came from another provider than today's waits no more. */
  async current(request: FastifyRequest): Promise<PendingLogin | null> {
    const pending = await this.sessions.pending(request);
    if (!pending) return null;
    const login = revived(pending.text);
    if (!this.provider.isSource(login.profile.issuer, login.clientId)) return null;
    return { sessionId: pending.sessionId, login, expiresAt: pending.expiresAt };
  }

  /**
   * Uses the login up.
   *
   * @throws {OnboardingExpired} where another request was faster
   */
  async take(pending: PendingLogin): Promise<void> {
    if (!(await this.sessions.takePending(pending.sessionId))) throw new OnboardingExpired();
  }
}

function revived(text: string): ProviderLogin {
  const login = JSON.parse(text) as ProviderLogin;
  const { verifiedAt, expiresAt } = login.tokens;
  const times = { verifiedAt: new Date(verifiedAt), expiresAt: new Date(expiresAt) };
  return { ...login, tokens: { ...login.tokens, ...times }, begunAt: new Date(login.begunAt) };
}
