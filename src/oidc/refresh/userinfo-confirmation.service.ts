import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { GrantStore, ProviderGrant } from '../../grants/index.js';
import { CurrentProvider } from '../index.js';
import { RefreshCoordinator } from './refresh-coordinator.service.js';

const NO_LOGIN =
  'can be switched on only by an administrator who has logged in at the provider: userinfo is asked with their tokens.';

/** Finds out whether the provider's userinfo can confirm the person after a refresh (`oidc.confirmAtUserinfo`). */
@Injectable()
export class UserinfoConfirmation {
  constructor(
    private readonly grants: GrantStore,
    private readonly provider: CurrentProvider,
    private readonly refreshes: RefreshCoordinator,
  ) {}

  /**
   * Asks userinfo with the stored access token of a user, which is refreshed first if it is due. Null if userinfo confirms
   * the user, else why not, with the next step. Stores nothing of the answer.
   *
   * @param userId null if no user asks, such as with a service token
   */
  async problemFor(userId: string | null): Promise<string | null> {
    if (userId === null || !(await this.grants.of(userId))) return NO_LOGIN;
    await this.refreshes.ensureFresh(userId);
    const grant = await this.grants.of(userId);
    if (!grant || !this.provider.isSource(grant.issuer, grant.clientId)) return NO_LOGIN;
    const failure = await this.failureOf(grant).catch(failureIn);
    if (failure === null) return null;
    return (
      `can't be switched on, because userinfo does not confirm your own login (${failure}). Log out and in again and repeat ` +
      'it; if it stays so, the access tokens are perhaps not meant for userinfo, and maxSignInDays is the other way.'
    );
  }

  private async failureOf(grant: ProviderGrant): Promise<string | null> {
    const tokens = this.grants.tokensForUserinfo(grant);
    if (!tokens) return 'no access token is stored';
    const { kind, failure } = await (await this.provider.client()).askUserinfo(tokens);
    return kind === 'CLAIMS' ? null : (failure ?? 'the provider has no userinfo endpoint');
  }
}

function failureIn(error: unknown): string {
  if (error instanceof DomainError) return error.detail ?? error.code;
  throw error;
}
