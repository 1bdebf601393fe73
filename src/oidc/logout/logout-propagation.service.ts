import { Injectable } from '@nestjs/common';
import { providerDigest, ProviderLogouts } from '../../provider-logouts/index.js';
import { SessionsService } from '../../sessions/index.js';
import { UsersService } from '../../users/index.js';
import { GrantStore } from '../../grants/index.js';
import { LogoutEvidence } from '../index.js';
import type { LogoutNotice } from '../provider/index.js';

/** Applies a logout at the provider to sessions, pending onboardings and the grant. */
@Injectable()
export class LogoutPropagation {
  constructor(
    private readonly users: UsersService,
    private readonly logouts: ProviderLogouts,
    private readonly sessions: SessionsService,
    private readonly grants: GrantStore,
    private readonly evidence: LogoutEvidence,
  ) {}

  /**
   * Stores the logout, then ends sessions, pending onboardings and the grant. A login under way finds the stored logout.
   * Repeating it ends nothing that began later.
   *
   * @returns the id of the user named by the logout; null if it names none, or an unknown one
   */
  async end(issuer: string, notice: LogoutNotice): Promise<string | null> {
    const { tokenId, subject, sessionId, endsOfflineAccess, lastsUntil } = notice;
    const digestOf = (identifier: string | null) => identifier && providerDigest(issuer, identifier);
    const reported = { id: providerDigest(issuer, tokenId), session: digestOf(sessionId), person: digestOf(subject) };
    const logout = await this.logouts.note(reported, lastsUntil);
    const user = subject === null ? null : await this.users.byIdentity(issuer, subject);
    const userId = user && user.id;
    await this.sessions.endLoggedOut(logout, userId);
    await this.grants.endLoggedOut(logout, userId, endsOfflineAccess);
    if (userId !== null) await this.noteEnd(userId);
    return userId;
  }

  private async noteEnd(userId: string): Promise<void> {
    const grant = await this.grants.of(userId);
    if (grant?.endReason === 'PROVIDER_LOGOUT') await this.evidence.noteEnd(grant);
  }
}
