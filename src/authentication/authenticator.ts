import { Injectable } from '@nestjs/common';
import { MooringRequest } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import { RateLimited, WrongCredentials } from '../common/errors/common.errors.js';
import { basicCredentials } from '../http/basic-credentials.js';
import { Principal } from '../access/principal.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { SettingsService } from '../settings/settings.service.js';
import { BUILT_IN_ADMIN_ID } from '../users/user.entity.js';
import { BruteForceGuard } from '../throttling/brute-force-guard.service.js';
import { LocalLoginService } from '../users/passwords/local-login.service.js';
import { PresentedSession } from '../sessions/session.statements.js';
import { hasGrantEnded } from '../grants/grant-end.js';
import { AdminMembership, AdminGroupPolicy } from '../access/admin-group-policy.js';
import { ServiceTokensService } from '../service-tokens/service-tokens.service.js';
import { SessionsService } from '../sessions/sessions.service.js';

const LONGEST_HEADER = 4096;

type UserSession = PresentedSession & { readonly userId: string };

/** Tells who makes a request, once a request, and brings the settings up to date on the way. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly sessions: SessionsService,
    private readonly serviceTokens: ServiceTokensService,
    private readonly localLogin: LocalLoginService,
    private readonly settings: SettingsService,
    private readonly adminGroup: AdminGroupPolicy,
    private readonly throttle: BruteForceGuard,
  ) {}

  /**
   * Who makes this request, or null where nobody is logged in. A session that has ended counts as none.
   *
   * @throws {WrongCredentials} for a presented header that is wrong, malformed or of an unknown kind
   * @throws {RateLimited} where too many were wrong before
   */
  principalOf(request: MooringRequest): Promise<Principal | null> {
    return (request.authentication ??= this.authenticate(request));
  }

  private async authenticate(request: MooringRequest): Promise<Principal | null> {
    const header = request.headers.authorization;
    if (header === undefined) return this.bySession(request);
    const [, token] = /^Bearer +(\S+)$/i.exec(header.slice(0, LONGEST_HEADER)) ?? [];
    const address = clientAddressOf(request);
    return token === undefined ? this.byPassword(header, address) : this.byToken(token, address);
  }

  private async bySession(request: MooringRequest): Promise<Principal | null> {
    const before = await this.sessionOf(request);
    if (!before) return null;
    await this.sessions.touch(before);
    const membership = await this.membershipOf(before);
    if (membership !== 'STALE') return this.principalBy(before, membership);
    await this.adminGroup.askProvider(before.userId);
    // Both the session and the settings may have changed during the wait.
    const afterwards = await this.sessionOf(request);
    return afterwards && this.principalBy(afterwards, await this.membershipOf(afterwards));
  }

  private principalBy(session: UserSession, membership: AdminMembership): Principal {
    const isAdmin = membership === 'MEMBER';
    return { kind: 'user', userId: session.userId, isAdmin, hasLoginEnded: session.isAdmin && !isAdmin };
  }

  /** The session of somebody who is logged in, as it is now, with the settings that are in force now. */
  private async sessionOf(request: MooringRequest): Promise<UserSession | null> {
    const session = await this.sessions.present(request);
    await this.settings.catchUp(session?.revision);
    return session && session.userId !== null ? { ...session, userId: session.userId } : null;
  }

  /** What makes the user of a session an administrator or not; a flag of ours counts until the provider ends the login. */
  private async membershipOf(session: UserSession): Promise<AdminMembership> {
    if (!session.isByProvider) return session.isAdmin ? 'MEMBER' : 'NO_MEMBER';
    if (hasGrantEnded(session, this.settings.current().oidc)) return 'NO_MEMBER';
    if (!session.isAdmin) return this.adminGroup.membershipOf(session.userId);
    if (session.grantTerm) this.adminGroup.askBehind(session.userId, session.grantTerm);
    return 'MEMBER';
  }

  private async byToken(credentials: string, address: string | null): Promise<Principal> {
    const token = await this.serviceTokens.present(credentials);
    await this.settings.catchUp(token?.revision ?? 0);
    if (!token) throw await this.refusalOf(new SecretText(credentials), address);
    await this.serviceTokens.demandCreator(token);
    return { kind: 'service', tokenId: token.id, role: token.role };
  }

  private async refusalOf(token: SecretText, address: string | null): Promise<WrongCredentials | RateLimited> {
    const retryAfterSeconds = await this.throttle.countUnguessable({ address }, token);
    return retryAfterSeconds === null ? new WrongCredentials() : new RateLimited(retryAfterSeconds);
  }

  /** Basic (RFC 7617), for the built-in administrator alone. */
  private async byPassword(header: string, address: string | null): Promise<Principal> {
    const credentials = basicCredentials(header);
    if (!credentials) throw new WrongCredentials();
    await this.settings.catchUp();
    const { username, secret: password } = credentials;
    const user = await this.localLogin.verify({ username, password, address });
    if (user.id !== BUILT_IN_ADMIN_ID) throw new WrongCredentials();
    return { kind: 'user', userId: user.id, isAdmin: true };
  }
}
