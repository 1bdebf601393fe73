import { Inject, Injectable } from '@nestjs/common';
import { CliSecretStatus, CliSecretVerifier, STATUS_MESSAGES, VerifiedPrincipal } from '../../cli-secrets/index.js';
import { WrongCredentials } from '../../common/errors/common.errors.js';
import { fold } from '../../common/text/case-folding.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { SettingsService } from '../../settings/settings.service.js';
import { LocalLoginService } from '../../users/passwords/index.js';
import { BUILT_IN_ADMIN_NAME, UseOidcLogin } from '../../users/index.js';
import { ANONYMOUS, RegistrySubject } from '../access-rules/index.js';
import { RegistryLoginRefused, repositoryNameOf } from '../protocol/index.js';
import { loginRefusalOf } from './login-refusal.js';
import { RegistryCredentials, TokenRequest } from './token-request.js';

/** The client that makes a request, and whether that took a wait: then everything read before has to be read again. */
export interface RegistryCaller {
  readonly subject: RegistrySubject;
  readonly waited: boolean;
}

/**
 * Authenticates registry clients: OIDC users by their CLI secret, the built-in administrator and, in DATABASE mode, local
 * users by their password. Presented credentials that are not accepted are refused; only a request without any is
 * anonymous.
 */
@Injectable()
export class RegistryAuthenticator {
  constructor(
    private readonly verifier: CliSecretVerifier,
    private readonly localLogin: LocalLoginService,
    private readonly settings: SettingsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Authenticates the client that makes a request.
   *
   * @param address where the request comes from; null if it is unknown
   * @throws {RegistryLoginRefused} for credentials that are wrong, malformed, or no longer accepted
   * @throws {RegistryLoginUnavailable} if the provider has not decided
   * @throws {RateLimited} if too many were wrong before, or too many passwords wait to be checked
   */
  async authenticate(credentials: TokenRequest['credentials'], address: string | null): Promise<RegistryCaller> {
    if (credentials === null) return { subject: ANONYMOUS, waited: false };
    if (credentials === 'MALFORMED') throw this.wrongCredentials();
    const isLocal = this.settings.current().authMode === AuthMode.DATABASE;
    return isLocal || fold(credentials.username) === BUILT_IN_ADMIN_NAME
      ? this.byPassword(credentials, address)
      : this.bySecret(credentials, address);
  }

  private async byPassword(
    { username, secret: password }: RegistryCredentials,
    address: string | null,
  ): Promise<RegistryCaller> {
    try {
      const user = await this.localLogin.verify({ username, password, address });
      const { id: userId, isAdmin } = user;
      // A password waits for its turn to be hashed, and for the hash.
      return { subject: subjectOf({ userId, username: user.username, isAdmin, groups: [] }), waited: true };
    } catch (error) {
      const isWrong = error instanceof WrongCredentials || error instanceof UseOidcLogin;
      throw isWrong ? this.wrongCredentials() : error;
    }
  }

  private async bySecret({ username, secret }: RegistryCredentials, address: string | null): Promise<RegistryCaller> {
    const verification = await this.verifier.verify(username, secret, { address });
    if (verification.status !== CliSecretStatus.VALID) throw loginRefusalOf(verification, this.environment.publicUrl);
    return { subject: subjectOf(verification.principal), waited: verification.waited };
  }

  private wrongCredentials(): RegistryLoginRefused {
    const { publicUrl } = this.environment;
    const isLocal = this.settings.current().authMode === AuthMode.DATABASE;
    const message = isLocal
      ? `The user name or password is wrong. Try them at ${publicUrl.href}, or ask an administrator for a new password.`
      : STATUS_MESSAGES.MISMATCH.forOwner({ publicUrl });
    return new RegistryLoginRefused(message, 'MISMATCH');
  }
}

function subjectOf({ userId, username, isAdmin, groups }: VerifiedPrincipal): RegistrySubject {
  return { userId, username, isAdmin, repositoryName: repositoryNameOf(username), groups: new Set(groups) };
}
