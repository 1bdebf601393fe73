import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { ServiceTokenRole } from '../access/principal.js';
import { User } from '../users/index.js';
import { UserModel } from '../users/models/index.js';
import { ServiceToken } from './service-token.entity.js';
import { ServiceTokenInactiveReason, ServiceTokenModel } from './service-token.model.js';
import { CreatorBarrier, TokenCreators } from './token-creators.service.js';

const MOST_LISTED = 100;
/** In place of a creator who was removed. No user name has a blank. */
const THE_INSTALLATION = 'the installation';

/** Shows service tokens with their creators, and whether they are active. */
@Injectable()
export class ServiceTokenViews {
  constructor(
    @InjectRepository(ServiceToken) private readonly tokens: Repository<ServiceToken>,
    private readonly creators: TokenCreators,
    private readonly clock: Clock,
  ) {}

  /** These tokens as the API shows them, in their order. */
  async of(tokens: readonly ServiceToken[]): Promise<ServiceTokenModel[]> {
    const ids = tokens.map(({ id }) => id);
    const rows = await this.tokens.find({ where: { id: In(ids) }, relations: { creator: true } });
    const creators = new Map(rows.map(({ createdBy, creator }) => [createdBy, creator]));
    const barriers = await this.barriersOf(tokens);
    return tokens.map((token) =>
      this.modelOf(token, creators.get(token.createdBy), barriers.get(token.createdBy ?? '')),
    );
  }

  /** This token as the API shows it. */
  async ofOne(token: ServiceToken): Promise<ServiceTokenModel> {
    const [model] = await this.of([token]);
    if (!model) throw new Error('A token has a model.');
    return model;
  }

  /** The ADMIN tokens of a creator that have not expired, newest first; a hundred at most. */
  async administrating(userId: string): Promise<ServiceToken[]> {
    const where = { createdBy: userId, role: ServiceTokenRole.ADMIN };
    const found = await this.tokens.find({ where, order: { id: 'DESC' }, take: MOST_LISTED });
    return found.filter((token) => !this.isExpired(token));
  }

  private barriersOf(tokens: readonly ServiceToken[]): Promise<ReadonlyMap<string, CreatorBarrier | null>> {
    const admins = tokens.flatMap(({ role, createdBy }) => (role === ServiceTokenRole.ADMIN ? (createdBy ?? []) : []));
    return this.creators.barriersOf([...new Set(admins)]);
  }

  private modelOf(
    token: ServiceToken,
    creator: User | null = null,
    barrier: CreatorBarrier | null = ServiceTokenInactiveReason.CREATOR_DELETED,
  ): ServiceTokenModel {
    const ofCreator = token.role === ServiceTokenRole.ADMIN ? barrier : null;
    return {
      ...token,
      createdBy: creator && creator.deletedAt === null ? UserModel.of(creator) : null,
      createdByName: creator?.username ?? THE_INSTALLATION,
      inactiveReason: this.isExpired(token) ? ServiceTokenInactiveReason.EXPIRED : ofCreator,
    };
  }

  private isExpired({ expiresAt }: ServiceToken): boolean {
    return expiresAt !== null && expiresAt <= this.clock.now();
  }
}
