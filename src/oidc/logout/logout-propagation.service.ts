import { Injectable } from '@nestjs/common';
import { ProviderLogouts } from '../../provider-logouts/provider-logouts.service.js';
import { providerDigest } from '../../provider-logouts/provider-session.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { UsersService } from '../../users/users.service.js';
import { GrantStore } from '../../grants/grant-store.service.js';
import type { LogoutNotice } from '../provider/index.js';

/** Ends what a logout at the provider ends. */
@Injectable()
export class LogoutPropagation {
  constructor(
    private readonly users: UsersService,
    private readonly logouts: ProviderLogouts,
    private readonly sessions: SessionsService,
    private readonly grants: GrantStore,
  ) {}

  /**
   * Notes the logout, then ends sessions, first logins that wait for a name, and the grant; a login that is still under way
   * finds the note. Repeating it ends nothing that was begun later.
   *
   * @returns the id of the user whom it names; null where it names none, or nobody known
   */
  async end(issuer: string, { tokenId, subject, sessionId, lastsUntil }: LogoutNotice): Promise<string | null> {
    const digestOf = (identifier: string | null) => identifier && providerDigest(issuer, identifier);
    const told = { id: providerDigest(issuer, tokenId), session: digestOf(sessionId), person: digestOf(subject) };
    const logout = await this.logouts.note(told, lastsUntil);
    const user = subject === null ? null : await this.users.byIdentity(issuer, subject);
    const userId = user && user.id;
    await this.sessions.endLoggedOut(logout, userId);
    await this.grants.endLoggedOut(logout, userId);
    return userId;
  }
}
