import { Injectable } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { User } from '../users/index.js';
import { CurrentProvider } from '../oidc/index.js';
import { grantStatusOf } from '../grants/status/index.js';
import { GrantStore } from '../grants/index.js';
import { OidcIdentity } from './oidc-identity.model.js';

/** Reads the identities of users at the provider. */
@Injectable()
export class OidcIdentityService {
  constructor(
    private readonly grants: GrantStore,
    private readonly provider: CurrentProvider,
    private readonly clock: Clock,
  ) {}

  /** The identity of a user, or null for a local user. */
  async identityOf({ id, issuer, subject }: User): Promise<OidcIdentity | null> {
    if (issuer === null || subject === null) return null;
    const grant = await this.grants.of(id);
    const hasRefreshToken = (grant?.sealedRefreshToken ?? null) !== null;
    const facts = grant && this.provider.factsOf({ ...grant, hasRefreshToken });
    const { state: tokenState, reason: reauthenticationReason } = grantStatusOf(facts, this.clock.now());
    const tokenExpiresAt = facts?.expiresAt ?? null;
    return { issuer, subject, tokenState, tokenExpiresAt, reauthenticationReason, hasRefreshToken };
  }
}
