import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ANSWERED, WITHOUT_LEASE } from './grant-store.service.js';
import { ProviderGrant } from './provider-grant.entity.js';

const AT_ONCE = 500;
const IS_FORMER = '(login_begun_at IS NULL OR login_begun_at <= :until)';

/** Ends the grants of users who got another identity at the provider: the former one vouches for them no longer. */
@Injectable()
export class GrantEndings {
  constructor(@InjectRepository(ProviderGrant) private readonly grants: Repository<ProviderGrant>) {}

  /**
   * Ends the grants of these users from before the change, with their groups; a running refresh then writes nothing. A login
   * that began later is one with the new identity. Can be repeated.
   *
   * @param until when the identities changed
   */
  async endFormer(userIds: readonly string[], until: Date): Promise<void> {
    const tokens = { sealedRefreshToken: null, sealedAccessToken: null, isOffline: false };
    const groups = { groupNames: null, groupsSource: null, groupsToldAt: null };
    const reason = { endReason: 'NO_REFRESH_TOKEN' as const, ...ANSWERED, ...WITHOUT_LEASE };
    const change = { ...tokens, ...groups, ...reason, version: () => 'version + 1' };
    for (let begin = 0; begin < userIds.length; begin += AT_ONCE) {
      const ids = userIds.slice(begin, begin + AT_ONCE);
      const update = this.grants.createQueryBuilder().update().set(change);
      await update.where('user_id IN (:...ids)', { ids }).andWhere(IS_FORMER, { until }).execute();
    }
  }
}
