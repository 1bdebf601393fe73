import { Injectable } from '@nestjs/common';
import { SettingsService } from '../../settings/settings.service.js';
import { IdentityRequest, IdentityRequests } from '../../users/identities/index.js';
import { UsersService } from '../../users/index.js';
import { UserModel } from '../../users/models/index.js';
import type { WaitingIdentity } from './account-requests.models.js';
import { readingRisks } from './reading-risks.js';

/** Shows administrators who asks for an account, and which account has that name. */
@Injectable()
export class WaitingIdentities {
  constructor(
    private readonly requests: IdentityRequests,
    private readonly users: UsersService,
    private readonly settings: SettingsService,
  ) {}

  /** The requests of identities of the configured provider, oldest first. */
  async list(): Promise<WaitingIdentity[]> {
    const { endpoint } = this.settings.current().oidc;
    return endpoint === null ? [] : (await this.requests.list(endpoint)).map(shown);
  }

  /** The user with an identity who has this name, or had it before a renaming. */
  async accountNamed(username: string): Promise<UserModel | null> {
    const present = await this.users.presentNameOf(username);
    const user = await this.users.byName(present ?? username);
    return user && user.issuer !== null ? UserModel.of(user) : null;
  }
}

function shown(request: IdentityRequest): WaitingIdentity {
  const { id, issuer, subject, email, realName, claimedName: claimedUsername, wantedName, ...times } = request;
  const texts = { subject, email, realName, claimedUsername, requestedUsername: wantedName };
  return {
    ...{ id, issuer, subject, email, realName, claimedUsername, requestedUsername: wantedName },
    ...{ warnings: readingRisks(texts), since: times.createdAt, expiresAt: times.expiresAt },
  };
}
