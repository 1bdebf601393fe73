import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.js';
import { cursorText, pageFrom, PageRequest, sizeOf } from '../common/page.js';
import { SettingsService } from '../settings/settings.service.js';
import { UserModel } from '../users/user.model.js';
import type { FilteredUsers, UserFilter } from './user-directory.models.js';
import { usersWhere } from './user-directory.statements.js';

/** Lists users, by what is known of them here and of their grants. */
@Injectable()
export class UserDirectory {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /**
   * A page of the users that pass a filter, by user name.
   *
   * @throws {BadUserInput} for a page size out of 1 to 100, or a cursor that none of ours is
   */
  async list(request: PageRequest, filter: UserFilter): Promise<FilteredUsers> {
    const query = this.where(filter)
      .orderBy('u.folded_name')
      .limit(sizeOf(request) + 1);
    const after = cursorText(request);
    if (after !== null) query.andWhere('u.folded_name > :after', { after });
    const { edges, pageInfo } = pageFrom(await query.getMany(), request, ({ foldedName }) => foldedName);
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: UserModel.of(node) })), pageInfo, filter };
  }

  /** How many users pass a filter. */
  count(filter: UserFilter): Promise<number> {
    return this.where(filter).getCount();
  }

  private where(filter: UserFilter) {
    return usersWhere(this.database, filter, { oidc: this.settings.current().oidc, now: this.clock.now() });
  }
}
