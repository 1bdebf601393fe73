import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Not, Repository } from 'typeorm';
import { DirectStatements } from '../common/persistence/direct-statements.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { GrantGroups, GrantStore } from '../grants/index.js';
import { GroupsService } from './groups.service.js';
import { GroupIndexing, Membership } from './membership.entity.js';

const MOST_TRIES = 5;
const KEY = ['user_id', 'group_id'];

/**
 * Keeps the index of the members of each group, from the groups in the grants. Every step can be repeated, and the version
 * of the grant is noted last: after a crash in between, the next login or start completes it.
 */
@Injectable()
export class MembershipsService {
  private readonly direct: DirectStatements<GroupIndexing>;

  constructor(
    @InjectRepository(Membership) private readonly memberships: Repository<Membership>,
    @InjectRepository(GroupIndexing) private readonly indexings: Repository<GroupIndexing>,
    private readonly groups: GroupsService,
    private readonly grants: GrantStore,
  ) {
    this.direct = new DirectStatements(indexings);
  }

  /**
   * Brings the memberships of a user up to date with a version of their grant. Every group of it has a row afterwards,
   * whether the group filter lets it count or not.
   */
  async index(userId: string, version: number, names: readonly string[]): Promise<void> {
    let grant: Pick<GrantGroups, 'version' | 'names'> = { version, names };
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      await this.write(userId, grant.names);
      await this.note(userId, grant.version);
      // A concurrent login may have written in between.
      const now = await this.grants.groupsOf(userId);
      if (!now || now.version === grant.version) return;
      grant = now;
    }
  }

  /** The same, from the grant as it is stored; nothing to do for a user without one. */
  async indexFromGrant(userId: string): Promise<void> {
    const grant = await this.grants.groupsOf(userId);
    if (grant) await this.index(userId, grant.version, grant.names);
  }

  /**
   * Notes that the next version of a grant has the same groups as this one: one write, and no look at the memberships.
   *
   * @returns false if the memberships were not those of this version: then they have to be indexed
   */
  carryOver(userId: string, version: number): Promise<boolean> {
    const set = { grantVersion: version + 1 };
    return this.direct.update({ mark: RELAXED_DURABILITY, set, where: { userId, grantVersion: version } });
  }

  private async note(userId: string, grantVersion: number): Promise<void> {
    const insert = this.indexings.createQueryBuilder().insert().values({ userId, grantVersion });
    // If a loss of power undoes it, the next start indexes the user again.
    await insert.orUpdate(['grant_version'], ['user_id']).comment(RELAXED_DURABILITY).execute();
  }

  private async write(userId: string, names: readonly string[]): Promise<void> {
    const ids = (await this.groups.ensureGroups(names)).map(({ id }) => id);
    // Most logins have the same groups as before.
    const known = new Set((await this.memberships.findBy({ userId })).map(({ groupId }) => groupId));
    if (known.size === ids.length && ids.every((id) => known.has(id))) return;
    // A loss of power that undoes these writes undoes the later note of the version, too.
    const former = this.memberships
      .createQueryBuilder()
      .delete()
      .where({ userId, groupId: Not(In(ids)) });
    await former.comment(RELAXED_DURABILITY).execute();
    const rows = ids.map((groupId) => ({ userId, groupId }));
    if (rows.length === 0) return;
    const insert = this.memberships.createQueryBuilder().insert().values(rows).orUpdate(['user_id'], KEY);
    await insert.comment(RELAXED_DURABILITY).execute();
  }
}
