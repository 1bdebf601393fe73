import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../common/runtime/clock.js';
import { GrantStore, ProviderGrant } from '../../grants/index.js';
import { SessionsService } from '../../sessions/index.js';
import { SettingsService } from '../../settings/settings.service.js';
import { SingleUseService } from '../../single-use/index.js';
import { ConsentRound, mayAskForConsent } from './consent-round.js';

/** How long after the login a round may start, in seconds. */
const START_SECONDS = 10 * 60;

/** Starts rounds: each once, by the browser of the login that it follows. */
@Injectable()
export class ConsentStarts {
  constructor(
    private readonly sessions: SessionsService,
    private readonly grants: GrantStore,
    private readonly settings: SettingsService,
    private readonly singleUse: SingleUseService,
    private readonly clock: Clock,
  ) {}

  /**
   * The round that this browser may start now, which is consumed; null if there is none. Only a login makes one, and only
   * its own browser knows the id of its session: a link of a stranger starts nothing.
   */
  async take(request: FastifyRequest, sessionId: unknown): Promise<ConsentRound | null> {
    const session = await this.sessions.present(request);
    if (!session || session.userId === null || session.id !== sessionId) return null;
    const { userId } = session;
    const grant = await this.grants.of(userId);
    if (!grant?.loginBegunAt || !this.isAskedFor(grant)) return null;
    const isFirst = await this.singleUse.use('consent-round', session.id, this.clock.secondsFromNow(START_SECONDS));
    const { revision } = this.settings.current();
    const replaces = grant.sealedRefreshToken === null ? null : grant.version;
    return isFirst ? { userId, begunAt: grant.loginBegunAt.getTime(), revision, replaces } : null;
  }

  private isAskedFor({ issuer, clientId, endReason, consentAskedAt, ...grant }: ProviderGrant): boolean {
    const { oidc } = this.settings.current();
    // Otherwise a later login brought a token, or the provider has refreshed the grant since.
    const isStillDoubted = consentAskedAt !== null && grant.verifiedAt !== null && grant.verifiedAt <= consentAskedAt;
    const isWithout = endReason === null && (grant.sealedRefreshToken === null || isStillDoubted);
    const isOfProvider = issuer === oidc.endpoint && clientId === oidc.clientId;
    const isRecent = consentAskedAt !== null && consentAskedAt > this.clock.secondsFromNow(-START_SECONDS);
    return isWithout && isOfProvider && isRecent && mayAskForConsent(oidc);
  }
}
