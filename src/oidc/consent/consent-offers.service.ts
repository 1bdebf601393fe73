import { Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { ConsentedTokens, ProviderLogin } from '../../grants/index.js';
import { MOST_WITHOUT_REFRESH_TOKEN, ProviderFactsService } from '../../provider-facts/index.js';
import { SettingsService } from '../../settings/settings.service.js';
import { CurrentProvider } from '../index.js';
import { ConsentNotes } from './consent-notes.service.js';
import { mayAskForConsent, roundPath } from './consent-round.js';

/** The session that a login has opened. */
interface OpenedSession {
  readonly id: string;
  readonly userId: string;
}

/** Decides whether a finished login is followed by a round that asks the provider for a refresh token. */
@Injectable()
export class ConsentOffers {
  constructor(
    private readonly settings: SettingsService,
    private readonly provider: CurrentProvider,
    private readonly facts: ProviderFactsService,
    private readonly tokens: ConsentedTokens,
    private readonly notes: ConsentNotes,
  ) {}

  /** Before a login is stored: whether it would keep a refresh token that was answered unclearly, and the settings ask for one. */
  async keepsUnclearToken(userId: string, { tokens: { refreshToken } }: ProviderLogin): Promise<boolean> {
    if (refreshToken !== null || !mayAskForConsent(this.settings.current().oidc)) return false;
    return this.tokens.isUnclear(userId);
  }

  /**
   * The path to which the browser is redirected after a login: the start of a round, or where the login led. A round follows
   * if the settings ask for refresh tokens and the grant has none, or kept an unclear one; not twice within 30 days for one
   * person, and not any more once three people got none under this revision of the settings.
   */
  async pathAfter(
    exchange: HttpExchange,
    { userId, id }: OpenedSession,
    login: ProviderLogin,
    keptUnclearToken: boolean,
  ): Promise<string> {
    if (login.tokens.refreshToken !== null || !(await this.isUseful())) return login.returnTo;
    if (!(await this.tokens.noteAsked(userId, login, keptUnclearToken))) return login.returnTo;
    await this.notes.asked(exchange.request, userId);
    return roundPath(id, login.returnTo);
  }

  private async isUseful(): Promise<boolean> {
    const { oidc, revision } = this.settings.current();
    if (!mayAskForConsent(oidc)) return false;
    const people = await this.facts.countWithoutRefreshToken(this.provider.fingerprint(), revision);
    return people < MOST_WITHOUT_REFRESH_TOKEN;
  }
}
