import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuditActorKind, AuditOutcome, AuditService, outcomeOf } from '../../audit/index.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { providerDigest } from '../../provider-logouts/index.js';
import { EndedSessions, ProviderSessionEndings } from '../../sessions/index.js';
import { SettingsService } from '../../settings/settings.service.js';
import { UnknownSessionThrottle } from '../../throttling/index.js';
import { FrontchannelLogoutRefused } from './logout.errors.js';

const LONGEST_SESSION_ID = 1024;

/** Logouts that the provider reports in a frame of the browser (OpenID Connect Front-Channel Logout 1.0). */
@Injectable()
export class FrontchannelLogoutService {
  constructor(
    private readonly settings: SettingsService,
    private readonly sessions: ProviderSessionEndings,
    private readonly throttle: UnknownSessionThrottle,
    private readonly audit: AuditService,
  ) {}

  /**
   * Ends the sessions, and pending onboardings, that came from the named session of the provider. The request has no
   * signature and, in a frame, no cookie: anybody who knows the session id can end those sessions, and nothing else. A session
   * that is not known here ends nothing, and is answered alike.
   *
   * @returns the issuer, whose pages may frame the answer
   * @throws {FrontchannelLogoutRefused} if it does not name the issuer and one session
   * @throws {RateLimited} if this address has named too many sessions that are not known here
   */
  async handle(request: FastifyRequest): Promise<string> {
    const remoteAddress = clientAddressOf(request);
    try {
      const { issuer, sessionId } = this.sessionIn(request.query);
      const digest = providerDigest(issuer, sessionId);
      const ended = await this.throttle.attempt(remoteAddress, digest, () => this.sessions.end(digest));
      if (ended) await this.record(request, { outcome: AuditOutcome.SUCCEEDED, reason: null }, ended);
      return issuer;
    } catch (error) {
      await this.record(request, outcomeOf(error));
      throw error;
    }
  }

  private sessionIn(query: unknown): { issuer: string; sessionId: string } {
    const { iss, sid } = query as { iss?: unknown; sid?: unknown };
    const issuer = this.settings.current().oidc.endpoint;
    const isSession = typeof sid === 'string' && sid !== '' && sid.length <= LONGEST_SESSION_ID;
    if (issuer === null || iss !== issuer || !isSession) throw new FrontchannelLogoutRefused();
    return { issuer, sessionId: sid };
  }

  private record(
    request: FastifyRequest,
    outcome: ReturnType<typeof outcomeOf>,
    ended: EndedSessions | null = null,
  ): Promise<void> {
    return this.audit.write({
      action: 'frontchannel_logout',
      actor: { kind: AuditActorKind.ANONYMOUS, id: null },
      target: ended?.userId ? { type: 'user', id: ended.userId } : null,
      ...outcome,
      remoteAddress: clientAddressOf(request),
      requestId: request.id,
    });
  }
}
