import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, In, Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { groupsThatCount } from '../settings/group-rules.js';
import { SettingsService } from '../settings/settings.service.js';
import { readGroupNames } from './groups.statements.js';
import { UserGroup } from './user-group.entity.js';

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
    const names = groupsThatCount(this.settings.current().oidc, await readGroupNames(this.database, userId));
    const known = await this.named(names);
    const missing = names.filter((name) => !known.some((group) => group.name === name));
    if (missing.length === 0) return known;
    const createdAt = this.clock.now();
    const rows = missing.map((name) => ({ id: newId(), name, createdAt }));
    await this.groups.createQueryBuilder().insert().values(rows).orIgnore().execute();
    return this.named(names);
  }

  private named(names: readonly string[]): Promise<UserGroup[]> {
    return this.groups.find({ where: { name: In([...names]) }, order: { name: 'ASC' } });
  }
}
