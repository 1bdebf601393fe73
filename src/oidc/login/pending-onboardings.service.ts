import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { HttpExchange } from '../../access/access.decorators.js';
import { PENDING_SECONDS, SessionsService } from '../../sessions/index.js';
import { CurrentProvider } from '../index.js';
import { providerNameOf } from '../../settings/provider-name.js';
import { SettingsService } from '../../settings/settings.service.js';
import { IdentityRequests } from '../../users/identities/index.js';
import { OnboardingNames } from '../../users/names/index.js';
import { OnboardingExpired } from './login.errors.js';
import type { PendingOnboarding } from './onboarding.models.js';
import { ProviderLogin, providerSessionOf } from '../../grants/index.js';
import { parseStoredLogin, storedLoginOf } from './stored-login.js';

/** A first login without a user name, from the browser's session. */
export interface PendingLogin {
  readonly sessionId: string;
  readonly login: ProviderLogin;
  readonly expiresAt: Date;
}

/** First logins that have no user name yet. Each is sealed in its browser's session and used once. */
@Injectable()
export class PendingOnboardings {
  constructor(
    private readonly sessions: SessionsService,
    private readonly provider: CurrentProvider,
    private readonly settings: SettingsService,
    private readonly names: OnboardingNames,
    private readonly requests: IdentityRequests,
  ) {}

  /**
   * Keeps a login until the person has chosen a user name, for 15 minutes at most, in which administrators see the identity.
   *
   * @throws {LoggedOutMeanwhile} if the provider reported a logout that ends this login
   */
  async open(exchange: HttpExchange, login: ProviderLogin): Promise<void> {
    await this.sessions.openPending(exchange, storedLoginOf(login), providerSessionOf(login));
    const { issuer, subject, email, realName, suggestedUsername: claimedName } = login.profile;
    await this.requests.noteWaiting({ issuer, subject, email, realName, claimedName }, PENDING_SECONDS);
  }

  /** The login of this browser, or null. A login from a provider other than the current one no longer counts. */
  async current(request: FastifyRequest): Promise<PendingLogin | null> {
    const pending = await this.sessions.pending(request);
    if (!pending) return null;
    const login = parseStoredLogin(pending.text);
    if (!this.provider.isSource(login.profile.issuer, login.clientId)) return null;
    return { sessionId: pending.sessionId, login, expiresAt: pending.expiresAt };
  }

  /** The pending onboarding of this browser as its page shows it, with a suggested user name, or null. */
  async summaryOf(request: FastifyRequest): Promise<PendingOnboarding | null> {
    const pending = await this.current(request);
    if (!pending) return null;
    const { issuer, subject, email, suggestedUsername: wanted } = pending.login.profile;
    const providerName = providerNameOf(this.settings.current().oidc);
    const suggestedUsername = await this.names.suggest(wanted);
    return { providerName, suggestedUsername, email, expiresAt: pending.expiresAt, identity: { issuer, subject } };
  }

  /**
   * Consumes the login.
   *
   * @throws {OnboardingExpired} if another request has consumed it
   */
  async take(pending: PendingLogin): Promise<void> {
    if (!(await this.sessions.takePending(pending.sessionId))) throw new OnboardingExpired();
  }
}
