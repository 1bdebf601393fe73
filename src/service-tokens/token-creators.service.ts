import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { SharedReads } from '../common/persistence/shared-reads.js';
import { Clock } from '../common/runtime/clock.js';
import { SettingsService } from '../settings/settings.service.js';
import { readCreators, TokenCreator } from './token-creators.statements.js';
import { LoginLimit, loginLimitOf } from '../grants/limits/index.js';
import { hasGrantEnded } from '../grants/statements/index.js';
import { AdminGroupPolicy } from '../access/admin-group-policy.js';
import { ServiceTokenInactiveReason } from './service-token.model.js';

/** Why the ADMIN tokens of a creator do not count now. */
export type CreatorBarrier = Exclude<ServiceTokenInactiveReason, ServiceTokenInactiveReason.EXPIRED>;

const { CREATOR_DELETED, CREATOR_DISABLED, CREATOR_LOGIN_ENDED, CREATOR_LOGIN_NOT_ALLOWED, CREATOR_NOT_ADMIN } =
  ServiceTokenInactiveReason;

/** Tells whether the creators of ADMIN service tokens are still administrators, without asking the provider. */
@Injectable()
export class TokenCreators {
  private readonly byId = new SharedReads((userIds) => readCreators(this.database, userIds));

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly adminGroup: AdminGroupPolicy,
    private readonly clock: Clock,
  ) {}

  /** Why the ADMIN tokens of each of these users do not count now; null if they do. The settings have to be up to date. */
  async barriersOf(userIds: readonly string[]): Promise<ReadonlyMap<string, CreatorBarrier | null>> {
    const creators = await readCreators(this.database, userIds);
    const barrierOf = async (id: string) => [id, await this.barrierOf(id, creators.get(id))] as const;
    return new Map(await Promise.all(userIds.map(barrierOf)));
  }

  /**
   * Whether the ADMIN tokens of a user count now. If not, the provider is asked in the background where its answer may change
   * that: a program can't log in.
   */
  async mayAdminister(userId: string): Promise<boolean> {
    const barrier = await this.barrierOf(userId, await this.byId.read(userId));
    if (barrier === CREATOR_NOT_ADMIN || barrier === CREATOR_LOGIN_NOT_ALLOWED) {
      await this.adminGroup.askAgainBehind(userId);
    }
    return barrier === null;
  }

  /** Whether a user is an administrator, disabled or not. */
  async isAdministrator(userId: string): Promise<boolean> {
    const creator = await this.byId.read(userId);
    return creator !== undefined && !creator.isDeleted && (await this.barrierOfEnabled(userId, creator)) === null;
  }

  private async barrierOf(userId: string, creator: TokenCreator | undefined): Promise<CreatorBarrier | null> {
    if (!creator || creator.isDeleted) return CREATOR_DELETED;
    return creator.isDisabled ? CREATOR_DISABLED : this.barrierOfEnabled(userId, creator);
  }

  private async barrierOfEnabled(userId: string, creator: TokenCreator): Promise<CreatorBarrier | null> {
    const ended = creator.isByProvider ? this.endOfLogin(creator) : null;
    if (ended) return ended;
    const isAdmin = creator.isAdmin || (creator.isByProvider && (await this.adminGroup.isKnownMember(userId)));
    return isAdmin ? null : CREATOR_NOT_ADMIN;
  }

  private endOfLogin(creator: TokenCreator): CreatorBarrier | null {
    const { oidc } = this.settings.current();
    if (hasGrantEnded(creator, oidc)) return CREATOR_LOGIN_ENDED;
    const limit = loginLimitOf(creator, oidc, this.clock.now());
    return limit && (limit === LoginLimit.LOGIN_TOO_OLD ? CREATOR_LOGIN_ENDED : CREATOR_LOGIN_NOT_ALLOWED);
  }
}
