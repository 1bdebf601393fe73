import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../common/clock.js';
import { cursorText, pageFrom, PageRequest, sizeOf } from '../common/page.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/user.entity.js';
import { UserModel } from '../users/user.model.js';
import type { FilteredUsers, UserFilter } from './user-directory.models.js';
import { beginningWith, SEARCHED, usersWhere } from './user-directory.statements.js';

/** A larger total is not told: to count on would make every page as slow as the table is long. */
const MOST_COUNTED = 1000;

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
    const [most, after] = [sizeOf(request) + 1, cursorText(request)];
    const found: User[] = [];
    for (const query of this.ways(filter)) {
      if (after !== null) query.andWhere('u.folded_name > :after', { after });
      found.push(...(await query.orderBy('u.folded_name').limit(most).getMany()));
    }
    const { edges, pageInfo } = pageFrom(inOrder(found), request, ({ foldedName }) => foldedName);
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: UserModel.of(node) })), pageInfo, filter };
  }

  /** How many users pass a filter; null where there are more than a thousand. */
  async count(filter: UserFilter): Promise<number | null> {
    const query = this.where(filter).select('u.id', 'id');
    if (filter.search) query.andWhere(...beginningWith(filter.search));
    const [passed, parameters] = query.limit(MOST_COUNTED + 1).getQueryAndParameters();
    const sql = `SELECT COUNT(*) AS total FROM (${passed}) passed`;
    const [row] = await this.database.query<{ total: number | string }[]>(sql, parameters);
    const total = Number(row?.total);
    return total > MOST_COUNTED ? null : total;
  }

  /** A query for each column that is searched: with both in one, no engine would find the first page by an index. */
  private ways(filter: UserFilter): SelectQueryBuilder<User>[] {
    const { search } = filter;
    if (!search) return [this.where(filter)];
    return SEARCHED.map((column) => this.where(filter).andWhere(...beginningWith(search, [column])));
  }

  private where(filter: UserFilter) {
    return usersWhere(this.database, filter, { oidc: this.settings.current().oidc, now: this.clock.now() });
  }
}

/** Each user once, by name as the database orders names: byte by byte. */
function inOrder(found: readonly User[]): User[] {
  const once = [...new Map(found.map((user) => [user.id, user])).values()];
  return once.sort((one, other) => Buffer.compare(Buffer.from(one.foldedName), Buffer.from(other.foldedName)));
}
