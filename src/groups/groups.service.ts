import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, In, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { cursorText, like, Page, pageFrom, PageRequest, sizeOf } from '../graphql/pagination.js';
import { newId } from '../common/persistence/ids.js';
import { groupsThatCount, groupsToldSince, knownGroups } from '../settings/group-rules.js';
import { SettingsService } from '../settings/settings.service.js';
import { countMembers, readToldGroups } from './groups.statements.js';
import { UserGroup } from './user-group.entity.js';

const READ_AT_ONCE = 200;

/** Groups as people see them. Who is in one is told by the grants alone; a group gets its row when it is first shown. */
@Injectable()
export class GroupsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(UserGroup) private readonly groups: Repository<UserGroup>,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** The groups of a user, by name. */
  async groupsOf(userId: string): Promise<UserGroup[]> {
    const told = await readToldGroups(this.database, userId);
    const { oidc } = this.settings.current();
    return this.ensureGroups(groupsThatCount(oidc, knownGroups(oidc, told, this.clock.now())));
  }

  /** The groups with these names, by name; those that have no row yet get one. */
  async ensureGroups(names: readonly string[]): Promise<UserGroup[]> {
    const known = await this.named(names);
    const missing = names.filter((name) => !known.some((group) => group.name === name));
    if (missing.length === 0) return known;
    const createdAt = this.clock.now();
    const rows = missing.map((name) => ({ id: newId(), name, createdAt }));
    // Not "ignore": MySQL would take that for leave to cut what is too long.
    await this.groups.createQueryBuilder().insert().values(rows).orUpdate(['name'], ['name']).execute();
    return this.named(names);
  }

  /** A group by id, or null where there is none that counts. */
  async byId(id: string): Promise<UserGroup | null> {
    const group = await this.groups.findOneBy({ id });
    return group && this.counts(group) ? group : null;
  }

  /**
   * A page of the groups that count, by name. There are few groups beside people: those that the filter leaves out are
   * read and dropped.
   *
   * @throws {BadUserInput} for a page size out of 1 to 100, or a cursor that none of ours is
   */
  async list(request: PageRequest, search?: string | null): Promise<Page<UserGroup>> {
    const size = sizeOf(request);
    const start = search ? like(search) : null;
    const found: UserGroup[] = [];
    let after = cursorText(request);
    for (;;) {
      const names = this.groups.createQueryBuilder('g').orderBy('g.name').take(READ_AT_ONCE);
      if (after !== null) names.andWhere('g.name > :after', { after });
      if (start !== null) names.andWhere("g.name LIKE :start ESCAPE '!'", { start });
      const read = await names.getMany();
      found.push(...read.filter((group) => this.counts(group)));
      after = read.at(-1)?.name ?? null;
      if (found.length > size || read.length < READ_AT_ONCE) break;
    }
    return { ...pageFrom(found, request, ({ name }) => name), totalCount: null };
  }

  /** How many living users are in a group. */
  memberCount(groupId: string): Promise<number> {
    const toldSince = groupsToldSince(this.settings.current().oidc, this.clock.now());
    return countMembers(this.database, groupId, toldSince);
  }

  private counts({ name }: UserGroup): boolean {
    return groupsThatCount(this.settings.current().oidc, [name]).length > 0;
  }

  private named(names: readonly string[]): Promise<UserGroup[]> {
    return this.groups.find({ where: { name: In([...names]) }, order: { name: 'ASC' } });
  }
}
