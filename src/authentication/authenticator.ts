import { Injectable } from '@nestjs/common';
import { MooringRequest } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import { RateLimited, WrongCredentials } from '../common/errors/common.errors.js';
import { basicCredentials } from '../http/index.js';
import { Principal } from '../access/principal.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { SettingsService } from '../settings/settings.service.js';
import { BUILT_IN_ADMIN_ID } from '../users/index.js';
import { BruteForceGuard } from '../throttling/index.js';
import { LocalLoginService } from '../users/passwords/index.js';
import { ServiceTokensService } from '../service-tokens/index.js';
import { SessionAuthenticator } from './session-authenticator.js';

const LONGEST_HEADER = 4096;

/** Finds the principal of a request, once, and brings the settings up to date meanwhile. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly sessions: SessionAuthenticator,
    private readonly serviceTokens: ServiceTokensService,
    private readonly localLogin: LocalLoginService,
    private readonly settings: SettingsService,
    private readonly throttle: BruteForceGuard,
  ) {}

  /**
   * The principal of this request, or null without credentials. A session that has ended counts as no session.
   *
   * @throws {WrongCredentials} if the header `Authorization` is wrong, malformed or of an unknown scheme
   * @throws {RateLimited} after too many wrong credentials
   */
  principalOf(request: MooringRequest): Promise<Principal | null> {
    return (request.authentication ??= this.authenticate(request));
  }

  private async authenticate(request: MooringRequest): Promise<Principal | null> {
    const header = request.headers.authorization;
    if (header === undefined) return this.sessions.principalOf(request);
    const [, token] = /^Bearer +(\S+)$/i.exec(header.slice(0, LONGEST_HEADER)) ?? [];
    const address = clientAddressOf(request);
    return token === undefined ? this.byPassword(header, address) : this.byToken(token, address);
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

  /** Basic authentication (RFC 7617), only for the built-in administrator. */
  private async byPassword(header: string, address: string | null): Promise<Principal> {
    const credentials = basicCredentials(header);
    if (!credentials) throw new WrongCredentials();
    await this.settings.catchUp();
    const { username, secret: password } = credentials;
    const user = await this.localLogin.verify({ username, password, address });
    if (user.id !== BUILT_IN_ADMIN_ID) throw new WrongCredentials();
    return { kind: 'user', userId: user.id, isAdmin: true, securityStamp: user.securityStamp };
  }
}
