import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, In, Repository } from 'typeorm';
import { BESIDE_REQUESTS } from '../common/persistence/beside-requests.js';
import { Clock } from '../common/runtime/clock.js';
import { cursorText, like, Page, pageFrom, PageRequest, sizeOf } from '../graphql/index.js';
import { newId } from '../common/persistence/ids.js';
import { groupsThatCount, groupsToldSince, knownGroups } from '../settings/group-rules.js';
import { SettingsService } from '../settings/settings.service.js';
import { countMembers } from './groups.statements.js';
import { GrantStore } from '../grants/index.js';
import { UserGroup } from './user-group.entity.js';

const READ_AT_ONCE = 200;

/**
 * Groups as the API shows them. Only the grants decide who is in one. A group gets its row when the index of members or an
 * access rule first names it, so that no query inserts one.
 */
@Injectable()
export class GroupsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(UserGroup) private readonly groups: Repository<UserGroup>,
    private readonly settings: SettingsService,
    private readonly grants: GrantStore,
    private readonly clock: Clock,
  ) {}

  /** The groups of a user that count, by name. */
  async groupsOf(userId: string): Promise<UserGroup[]> {
    const told = await this.grants.groupsOf(userId);
    const { oidc } = this.settings.current();
    return told ? this.withNames(groupsThatCount(oidc, knownGroups(oidc, told, this.clock.now()))) : [];
  }

  /** The groups with these names, by name, as far as they have a row. */
  withNames(names: readonly string[]): Promise<UserGroup[]> {
    return this.groups.find({ where: { name: In([...names]) }, order: { name: 'ASC' } });
  }

  /** The groups with these names, by name; inserts a row for each that has none. Not for queries. */
  async ensureGroups(names: readonly string[]): Promise<UserGroup[]> {
    const known = await this.withNames(names);
    const knownNames = new Set(known.map(({ name }) => name));
    const missing = names.filter((name) => !knownNames.has(name));
    if (missing.length === 0) return known;
    const createdAt = this.clock.now();
    const rows = missing.map((name) => ({ id: newId(), name, createdAt }));
    // Not "ignore": with it, MySQL would truncate a name that is too long.
    await this.groups.createQueryBuilder().insert().values(rows).orUpdate(['name'], ['name']).execute();
    return this.withNames(names);
  }

  /** A group by id, or null if there is none that counts. */
  async byId(id: string): Promise<UserGroup | null> {
    const group = await this.groups.findOneBy({ id });
    return group && this.counts(group) ? group : null;
  }

  /**
   * A page of the groups that count, by name. Groups are few compared to users: those that
   * the group filter excludes are read and dropped.
   *
   * @throws {BadUserInput} for a page size out of 1 to 100, or an invalid cursor
   */
  async list(request: PageRequest, search?: string | null): Promise<Page<UserGroup>> {
    const size = sizeOf(request);
    const start = search ? like(search) : null;
    const found: UserGroup[] = [];
    let after = cursorText(request);
    for (;;) {
      const names = this.groups.createQueryBuilder('g').comment(BESIDE_REQUESTS).orderBy('g.name').take(READ_AT_ONCE);
      if (after !== null) names.andWhere('g.name > :after', { after });
      if (start !== null) names.andWhere("g.name LIKE :start ESCAPE '!'", { start });
      const read = await names.getMany();
      found.push(...read.filter((group) => this.counts(group)));
      after = read.at(-1)?.name ?? null;
      if (found.length > size || read.length < READ_AT_ONCE) break;
    }
    return { ...pageFrom(found, request, ({ name }) => name), totalCount: null };
  }

  /** How many users, without deleted ones, are in a group. */
  memberCount(groupId: string): Promise<number> {
    const toldSince = groupsToldSince(this.settings.current().oidc, this.clock.now());
    return countMembers(this.database, groupId, toldSince);
  }

  private counts({ name }: UserGroup): boolean {
    return groupsThatCount(this.settings.current().oidc, [name]).length > 0;
  }
}
