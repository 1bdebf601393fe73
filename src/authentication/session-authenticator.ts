import { Injectable } from '@nestjs/common';
import type { MooringRequest } from '../access/access.decorators.js';
import { AdminGroupPolicy, AdminMembership } from '../access/admin-group-policy.js';
import type { Principal } from '../access/principal.js';
import { hasGrantEnded } from '../grants/statements/index.js';
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
  ) {}

  /** The user of the session that a request names, or null. Waits for the provider if it has to be asked: 12 seconds at most. */
  async principalOf(request: MooringRequest): Promise<Principal | null> {
    const before = await this.sessionOf(request);
    if (!before) return null;
    await this.sessions.touch(before);
    const membership = await this.membershipOf(before);
    if (membership !== 'STALE') return principalBy(before, membership);
    await this.adminGroup.askProvider(before.userId);
    // Both the session and the settings may have changed during the wait.
    const afterwards = await this.sessionOf(request);
    return afterwards && principalBy(afterwards, await this.membershipOf(afterwards));
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
}

function principalBy(session: UserSession, membership: AdminMembership): Principal {
  const isAdmin = membership === 'MEMBER';
  return { kind: 'user', userId: session.userId, isAdmin, hasLoginEnded: session.isAdmin && !isAdmin };
}
