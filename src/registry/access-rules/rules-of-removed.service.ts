import { Injectable, Module } from '@nestjs/common';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { Clock } from '../../common/runtime/clock.js';
import { AccessRule } from './access-rule.entity.js';

/** In place of a pattern: it may have held the user name. */
const NO_PATTERN = '-';

/** Deletes the access rules of removed users. */
@Injectable()
export class RulesOfRemoved {
  constructor(
    @InjectRepository(AccessRule) private readonly rows: Repository<AccessRule>,
    private readonly clock: Clock,
  ) {}

  /** The ids of the rules for these users, deleted ones included. */
  async idsOf(userIds: readonly string[]): Promise<string[]> {
    const found = await this.rows.find({ where: { userId: In([...userIds]) }, select: { id: true } });
    return found.map(({ id }) => id);
  }

  /**
   * Deletes the rules for these users, and what they say. The rows stay, because the sum of the versions must not shrink.
   */
  async delete(userIds: readonly string[]): Promise<void> {
    const now = this.clock.now();
    const next = { userId: null, repositoryPattern: NO_PATTERN, deletedAt: now, updatedAt: now };
    await this.rows.update({ userId: In([...userIds]) }, { ...next, version: () => 'version + 1' });
  }
}

/** The part of access rules that {@link RulesOfRemoved} needs. Unlike the whole, it creates no rule when it starts. */
@Module({
  imports: [TypeOrmModule.forFeature([AccessRule])],
  providers: [RulesOfRemoved],
  exports: [RulesOfRemoved],
})
export class RulesOfRemovedModule {}
