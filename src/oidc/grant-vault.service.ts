import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { isDuplicate, won } from '../common/conditional-write.js';
import { Installation } from '../settings/installation.js';
import { ProviderGrant } from './provider-grant.entity.js';
import type { VouchedLogin } from './vouched-login.js';

/** Keeps what the provider vouches for, sealed; the owner of the table of grants. */
@Injectable()
export class GrantVault {
  constructor(
    @InjectRepository(ProviderGrant) private readonly grants: Repository<ProviderGrant>,
    private readonly installation: Installation,
  ) {}

  /** The grant of a user, or null where the user has to log in again before there is one. */
  of(userId: string): Promise<ProviderGrant | null> {
    return this.grants.findOneBy({ userId });
  }

  /** The ID token of a grant, for the provider that gave it. */
  idTokenOf({ userId, sealedIdToken }: ProviderGrant): string {
    return this.installation.cipher.open(sealedIdToken, placeOf('sealed_id_token', userId));
  }

  /** Keeps the tokens and groups of a login, in one statement; whatever was kept before has ended. */
  async store(userId: string, login: VouchedLogin): Promise<void> {
    const grant = this.grantOf(userId, login);
    if (await this.update(grant)) return;
    try {
      await this.grants.insert({ ...grant, version: 1 });
    } catch (error) {
      // Another login of the same person made the row meanwhile; this one is the later.
      if (!isDuplicate(error)) throw error;
      await this.update(grant);
    }
  }

  private async update(grant: Partial<ProviderGrant>): Promise<boolean> {
    const { userId, ...change } = grant;
    const next = { ...change, version: () => 'version + 1' };
    return won(await this.grants.createQueryBuilder().update().set(next).where({ userId }).execute());
  }

  private grantOf(
    userId: string,
    { profile, tokens, clientId }: VouchedLogin,
  ): Omit<ProviderGrant, 'version' | 'user'> {
    const seal = (column: string, token: string) => this.installation.cipher.seal(token, placeOf(column, userId));
    const { idToken, accessToken, refreshToken, expiresAt } = tokens;
    return {
      ...{ userId, clientId, expiresAt },
      issuer: profile.issuer,
      sealedIdToken: seal('sealed_id_token', idToken),
      sealedAccessToken: accessToken && seal('sealed_access_token', accessToken),
      sealedRefreshToken: refreshToken && seal('sealed_refresh_token', refreshToken),
      ...groupsOf(profile.groups, profile.groupsSource),
    } as Omit<ProviderGrant, 'version' | 'user'>;
  }
}

function placeOf(column: string, userId: string) {
  return { table: 'provider_grants', column, row: userId };
}

/** Groups that the provider did not tell of are unknown: those last told stay. */
function groupsOf(groups: readonly string[] | null, groupsSource: ProviderGrant['groupsSource']) {
  return groups === null ? {} : { groupNames: JSON.stringify(groups), groupsSource };
}
