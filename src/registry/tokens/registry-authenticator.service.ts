import { Inject, Injectable } from '@nestjs/common';
import { CliSecretStatus } from '../../cli-secrets/cli-secret-status.js';
import { CliSecretVerification } from '../../cli-secrets/cli-secret-verification.model.js';
import { CliSecretVerifier, Verdict } from '../../cli-secrets/cli-secret-verifier.service.js';
import { RateLimited, WrongCredentials } from '../../common/errors/common.errors.js';
import { fold } from '../../common/text/case-folding.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { SettingsService } from '../../settings/settings.service.js';
import { LocalLoginService } from '../../users/passwords/local-login.service.js';
import { BUILT_IN_ADMIN_NAME } from '../../users/user.entity.js';
import { UseOidcLogin } from '../../users/users.errors.js';
import { ANYBODY, RegistrySubject } from '../access-rules/access.policy.js';
import { RegistryCredentials } from './basic-credentials.js';
import { RegistryLoginRefused, RegistryLoginUnavailable } from '../protocol/registry.errors.js';
import { repositoryNameOf } from '../protocol/repository-name.js';
import { TokenRequest } from './token-request.js';

type Refused = Exclude<Verdict['status'], CliSecretStatus.VALID | 'RATE_LIMITED'>;

/** Who makes a request, and whether that took a wait: then everything that was read before has to be read again. */
export interface RegistryCaller {
  readonly subject: RegistrySubject;
  readonly waited: boolean;
}

const RETRY_AFTER_SECONDS = 10;

/** Whether a verification that did not succeed was decided: what is not decided is to be asked again. */
const IS_DECIDED: Record<Refused, boolean> = {
  MISMATCH: true,
  AUTH_MODE_NOT_OIDC: true,
  NO_REFRESH_TOKEN: true,
  REFRESH_REJECTED: true,
  PROVIDER_LOGOUT: true,
  PROVIDER_CHANGED: true,
  PROVIDER_UNAVAILABLE: false,
  PROVIDER_REJECTED_CLIENT: false,
  USER_DISABLED: true,
};

/**
 * Tells who a registry client is: an OIDC user by the CLI secret, the built-in administrator and, in DATABASE mode, local
 * users by their password. Whatever is presented and not accepted is refused; only who presents nothing is anybody.
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
   * Who makes a request.
   *
   * @param address where it comes from; null where nobody can tell
   * @throws {RegistryLoginRefused} where what was presented is wrong, malformed, or no longer accepted
   * @throws {RegistryLoginUnavailable} where the provider does not say
   * @throws {RateLimited} where too many were wrong before, or too many passwords wait to be checked
   */
  async subjectOf(credentials: TokenRequest['credentials'], address: string | null): Promise<RegistryCaller> {
    if (credentials === null) return { subject: ANYBODY, waited: false };
    if (credentials === 'MALFORMED') throw this.refusalOf('MISMATCH');
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
      const subject = subjectFor({ userId: user.id, username: user.username, isAdmin: user.isAdmin, groups: [] });
      // For its turn at the hasher, and for the hash.
      return { subject, waited: true };
    } catch (error) {
      const isWrong = error instanceof WrongCredentials || error instanceof UseOidcLogin;
      throw isWrong ? this.refusalOf('MISMATCH') : error;
    }
  }

  private async bySecret({ username, secret }: RegistryCredentials, address: string | null): Promise<RegistryCaller> {
    const verification = await this.verifier.verify(username, secret, { address });
    if (verification.status === 'RATE_LIMITED') throw new RateLimited(verification.retryAfterSeconds);
    if (verification.status !== CliSecretStatus.VALID) throw this.refusalOf(verification.status);
    return { subject: subjectFor(verification.principal), waited: verification.waited };
  }

  private refusalOf(status: Refused): RegistryLoginRefused | RegistryLoginUnavailable {
    const { publicUrl } = this.environment;
    const message = this.messageFor(status, publicUrl);
    return IS_DECIDED[status]
      ? new RegistryLoginRefused(message, status)
      : new RegistryLoginUnavailable(message, status, RETRY_AFTER_SECONDS);
  }

  private messageFor(status: Refused, publicUrl: URL): string {
    if (status === 'MISMATCH' && this.settings.current().authMode === AuthMode.DATABASE) {
      return `The user name or password is wrong. Try them at ${publicUrl.href}, or ask an administrator for a new password.`;
    }
    return CliSecretVerification.of({ status }, publicUrl).message ?? 'Log in again.';
  }
}

function subjectFor(principal: {
  readonly userId: string;
  readonly username: string;
  readonly isAdmin: boolean;
  readonly groups: readonly string[];
}): RegistrySubject {
  const { userId, username, isAdmin, groups } = principal;
  return { userId, username, isAdmin, repositoryName: repositoryNameOf(username), groups: new Set(groups) };
}
