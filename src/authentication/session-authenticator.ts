import { Injectable } from '@nestjs/common';
import type { MooringRequest } from '../access/access.decorators.js';
import { Clock } from '../common/runtime/clock.js';
import { AdminGroupPolicy, AdminMembership } from '../access/admin-group-policy.js';
import type { Principal } from '../access/principal.js';
import { loginLimitOf, loginLimitRefusal } from '../grants/limits/index.js';
import { hasGrantEnded } from '../grants/statements/index.js';
import { grantDeadlinesOf } from '../grants/status/index.js';
import { PresentedSession, SessionsService } from '../sessions/index.js';
import { SettingsService } from '../settings/settings.service.js';

type UserSession = PresentedSession & { readonly userId: string };

/** Finds the user of a browser session, and whether they are an administrator now. */
@Injectable()
export class SessionAuthenticator {
  constructor(
    private readonly sessions: SessionsService,
    private readonly settings: SettingsService,
    private readonly adminGroup: AdminGroupPolicy,
    private readonly clock: Clock,
  ) {}

  /** The user of the session that a request names, or null. Waits for the provider if it has to be asked: 12 seconds at most. */
  async principalOf(request: MooringRequest): Promise<Principal | null> {
    request.refusal = undefined;
    const before = await this.sessionOf(request);
    if (!before) return null;
    await this.sessions.touch(before);
    const membership = await this.membershipOf(before);
    if (membership !== 'STALE' && !this.areLoginGroupsStale(before))
      return this.principalBy(request, before, membership);
    await this.adminGroup.askProvider(before.userId);
    // Both the session and the settings may have changed during the wait.
    const afterwards = await this.sessionOf(request);
    return afterwards && this.principalBy(request, afterwards, await this.membershipOf(afterwards));
  }

  /** The session as it is now, if it has a user; brings the settings up to date. */
  private async sessionOf(request: MooringRequest): Promise<UserSession | null> {
    const session = await this.sessions.present(request);
    await this.settings.catchUp(session?.revision);
    return session && session.userId !== null ? { ...session, userId: session.userId } : null;
  }

  /** Whether the user is an administrator; the flag of their account counts until the provider ends the login. */
  private async membershipOf(session: UserSession): Promise<AdminMembership> {
    if (!session.isByProvider) return session.isAdmin ? 'MEMBER' : 'NO_MEMBER';
    if (hasGrantEnded(session, this.settings.current().oidc)) return 'NO_MEMBER';
    if (!session.isAdmin) return this.adminGroup.membershipOf(session.userId);
    if (session.grantTerm) this.adminGroup.askBehind(session.userId, session.grantTerm);
    return 'MEMBER';
  }

  /** Whether the groups decide about this session, and the provider has to be asked for them again. */
  private areLoginGroupsStale({ isByProvider, grantTerm }: UserSession): boolean {
    const { oidc } = this.settings.current();
    if (oidc.loginGroups.length === 0 || !isByProvider || !grantTerm) return false;
    return grantDeadlinesOf(grantTerm.expiresAt, grantTerm.verifiedAt, oidc).expiresAt <= this.clock.now();
  }

  private principalBy(request: MooringRequest, session: UserSession, membership: AdminMembership): Principal | null {
    const { oidc } = this.settings.current();
    const limit = session.isByProvider ? loginLimitOf(session, oidc, this.clock.now()) : null;
    if (limit) request.refusal = loginLimitRefusal(limit);
    if (limit) return null;
    const isAdmin = membership === 'MEMBER';
    const { userId, securityStamp } = session;
    const stamp = securityStamp === null ? {} : { securityStamp };
    return { kind: 'user', userId, isAdmin, ...stamp, hasLoginEnded: session.isAdmin && !isAdmin };
  }
}
