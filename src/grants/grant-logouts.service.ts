import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { ProviderGrant } from './provider-grant.entity.js';

/** When the owners of grants went to a logout at the provider. */
@Injectable()
export class GrantLogouts {
  constructor(@InjectRepository(ProviderGrant) private readonly grants: Repository<ProviderGrant>) {}

  /** Notes that the owner of a grant goes to a logout at the provider. Nothing else of the grant changes. */
  async noteBegun(userId: string, at: Date): Promise<void> {
    const update = this.grants.createQueryBuilder().update().set({ logoutBegunAt: at }).where({ userId });
    await update.comment(RELAXED_DURABILITY).execute();
  }
}
