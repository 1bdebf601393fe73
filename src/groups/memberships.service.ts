import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, In, Not, Repository } from 'typeorm';
import { changedARow } from '../common/persistence/conditional-write.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { GroupsService } from './groups.service.js';
import { readGrantOfGroups, readUnindexed } from './groups.statements.js';
import { GroupIndexing, Membership } from './membership.entity.js';

const MOST_TRIES = 5;
const KEY = ['user_id', 'group_id'];

/**
 * Keeps the index of who is in which group, out of the grants. Every step can be repeated, and the version of the grant
 * is noted last: what a crash left half done is done again at the next login or start.
 */
@Injectable()
export class MembershipsService implements OnApplicationBootstrap {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(Membership) private readonly memberships: Repository<Membership>,
    @InjectRepository(GroupIndexing) private readonly indexings: Repository<GroupIndexing>,
    private readonly groups: GroupsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (let due = await readUnindexed(this.database); due.length > 0; due = await readUnindexed(this.database)) {
      for (const userId of due) await this.index(userId);
    }
  }

  /** Brings the memberships of one user up to what their grant says now. */
  async index(userId: string): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const grant = await readGrantOfGroups(this.database, userId);
      if (!grant) return;
      await this.write(userId, grant.names);
      await this.note(userId, grant.version);
      // A login that came meanwhile may have written in between.
      if ((await readGrantOfGroups(this.database, userId))?.version === grant.version) return;
    }
  }

  /** The same for a grant whose next version names the same groups as this one: one write, where they were brought up to it. */
  async carryOver(userId: string, version: number): Promise<void> {
    const next = this.indexings
      .createQueryBuilder()
      .update()
      .set({ grantVersion: version + 1 });
    const carried = await next.where({ userId, grantVersion: version }).comment(RELAXED_DURABILITY).execute();
    if (!changedARow(carried)) await this.index(userId);
  }

  private async note(userId: string, grantVersion: number): Promise<void> {
    const insert = this.indexings.createQueryBuilder().insert().values({ userId, grantVersion });
    // Where a loss of power undoes it the index is made again at the next start.
    await insert.orUpdate(['grant_version'], ['user_id']).comment(RELAXED_DURABILITY).execute();
  }

  private async write(userId: string, names: readonly string[]): Promise<void> {
    const ids = (await this.groups.ensureGroups(names)).map(({ id }) => id);
    // Most refreshes tell of the same groups again.
    const known = new Set((await this.memberships.findBy({ userId })).map(({ groupId }) => groupId));
    if (known.size === ids.length && ids.every((id) => known.has(id))) return;
    await this.memberships.delete({ userId, groupId: Not(In(ids)) });
    const rows = ids.map((groupId) => ({ userId, groupId }));
    if (rows.length === 0) return;
    await this.memberships.createQueryBuilder().insert().values(rows).orUpdate(['user_id'], KEY).execute();
  }
}
