import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { sha256 } from '../../common/crypto/random-text.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { AccountRequestThrottle } from '../../throttling/index.js';
import { Identity, IdentityRequests } from '../../users/identities/index.js';
import { UsersService } from '../../users/index.js';
import type { AccountRequest } from './account-request.models.js';
import { LoginPermission } from './login-permission.service.js';
import { OnboardingExpired } from './login.errors.js';
import { PendingOnboardings } from './pending-onboardings.service.js';

/** What people ask for who are known to the provider by a new identity, and had an account under another one. */
@Injectable()
export class AccountRequests {
  constructor(
    private readonly pendings: PendingOnboardings,
    private readonly permission: LoginPermission,
    private readonly throttle: AccountRequestThrottle,
    private readonly requests: IdentityRequests,
    private readonly users: UsersService,
  ) {}

  /**
   * Asks for the account with a user name, for the person of this browser's pending onboarding. Tells nothing of the account.
   *
   * @throws {BadUserInput} if nobody can have such a name; it is not counted as a request
   * @throws {OnboardingExpired} if there is no pending onboarding
   * @throws {LoginNotAllowed} if the person is in no group that may log in any more
   * @throws {RateLimited} after too many requests
   */
  async ask(request: FastifyRequest, username: string): Promise<void> {
    const pending = await this.pendings.current(request);
    if (!pending) throw new OnboardingExpired();
    this.requests.demandPossible(username);
    this.permission.demandNew(pending.login);
    const { issuer, subject, email, realName, suggestedUsername: claimedName } = pending.login.profile;
    await this.throttle.count(clientAddressOf(request), sha256(JSON.stringify([issuer, subject])));
    await this.requests.ask({ issuer, subject, email, realName, claimedName }, username);
  }

  /** The request of an identity, as its person sees it, or null. */
  async of(identity: Identity): Promise<AccountRequest | null> {
    const request = await this.requests.of(identity);
    return request && { username: request.wantedName, createdAt: request.createdAt, expiresAt: request.expiresAt };
  }

  /** Whether an identity has an account by now. */
  async hasAccount({ issuer, subject }: Identity): Promise<boolean> {
    return (await this.users.byIdentity(issuer, subject)) !== null;
  }
}
