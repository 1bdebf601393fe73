import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { SettingsService } from '../settings/settings.service.js';
import { readCreator, TokenCreator } from './service-token.statements.js';
import { hasGrantEnded } from '../grants/grant-end.js';
import { AdminGroupPolicy } from '../access/admin-group-policy.js';
import { ServiceTokenInactiveReason } from './service-token.model.js';

/** Why what somebody has made for administration does not count now. */
export type CreatorBarrier = Exclude<ServiceTokenInactiveReason, ServiceTokenInactiveReason.EXPIRED>;

const { CREATOR_DELETED, CREATOR_DISABLED, CREATOR_LOGIN_ENDED, CREATOR_NOT_ADMIN } = ServiceTokenInactiveReason;

/** Tells whether those who made ADMIN service tokens might make them now, as far as is known without asking the provider. */
@Injectable()
export class TokenCreators {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly adminGroup: AdminGroupPolicy,
  ) {}

  /** Why a user is no administrator now; null for one who is. The settings have to be up to date. */
  async barrierOf(userId: string): Promise<CreatorBarrier | null> {
    const creator = await readCreator(this.database, userId);
    if (!creator || creator.isDeleted) return CREATOR_DELETED;
    return creator.isDisabled ? CREATOR_DISABLED : this.barrierOfEnabled(userId, creator);
  }

  /** The same, whether the user is disabled or not. */
  async isAdministrator(userId: string): Promise<boolean> {
    const creator = await readCreator(this.database, userId);
    return creator !== undefined && !creator.isDeleted && (await this.barrierOfEnabled(userId, creator)) === null;
  }

  private async barrierOfEnabled(userId: string, creator: TokenCreator): Promise<CreatorBarrier | null> {
    const hasEnded = creator.isByProvider && hasGrantEnded(creator, this.settings.current().oidc);
    if (hasEnded) return CREATOR_LOGIN_ENDED;
    const isAdmin = creator.isAdmin || (creator.isByProvider && (await this.adminGroup.isKnownMember(userId)));
    return isAdmin ? null : CREATOR_NOT_ADMIN;
  }
}
