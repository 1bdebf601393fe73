import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { cursorText, pageFrom, PageRequest, sizeOf } from '../graphql/index.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/index.js';
import { searchedWords } from '../users/words/index.js';
import { UserModel } from '../users/models/index.js';
import type { FilteredUsers, UserFilter } from './user-directory.models.js';
import {
  beginningWith,
  inOrder,
  nameAtDistance,
  SEARCHED,
  Stretch,
  usersWhere,
  within,
} from './user-directory.statements.js';
import { UserSearch } from './user-search.service.js';
import { countOf } from './user-search.statements.js';

/** Larger totals are not counted: every page would take time in proportion to the table. */
const MOST_COUNTED = 1000;
/** How many users are read before other requests get a turn, if no index can serve the filter. */
const USERS_AT_ONCE = 1000;

/** Lists users, filtered by their accounts and grants. */
@Injectable()
export class UserDirectory {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
    private readonly search: UserSearch,
  ) {}

  /**
   * A page of the users that match a filter, by user name.
   *
   * @throws {BadUserInput} for a page size out of 1 to 100, or an invalid cursor
   */
  async list(request: PageRequest, filter: UserFilter): Promise<FilteredUsers> {
    const [after, most] = [cursorText(request), sizeOf(request) + 1];
    const words = searchedWords(filter.search ?? '');
    const found =
      words.length > 0 ? this.search.find({ filter, words }, after, most) : this.withoutWords(filter, after, most);
    const { edges, pageInfo } = pageFrom(await found, request, ({ foldedName }) => foldedName);
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: UserModel.of(node) })), pageInfo, filter };
  }

  /** How many users match a filter; null if there are more than a thousand. */
  async count(filter: UserFilter): Promise<number | null> {
    const words = searchedWords(filter.search ?? '');
    if (words.length > 0) return this.search.count({ filter, words }, MOST_COUNTED);
    let total = 0;
    for await (const stretch of this.stretches(filter, null)) {
      const query = within(this.where(filter), stretch).select('u.id', 'id');
      if (filter.search) query.andWhere(...beginningWith(filter.search));
      total += await countOf(this.database, query.limit(MOST_COUNTED + 1));
      if (total > MOST_COUNTED) return null;
    }
    return total;
  }

  private async withoutWords(filter: UserFilter, after: string | null, most: number): Promise<User[]> {
    const found: User[] = [];
    for await (const stretch of this.stretches(filter, after)) {
      for (const query of this.ways(filter)) {
        found.push(...(await within(query, stretch).orderBy('u.folded_name').limit(most).getMany()));
      }
      if (found.length >= most) break;
    }
    return inOrder(found);
  }

  /** One range of all users or, if each has to be read, several ranges with a turn for other requests in between. */
  private async *stretches({ tokenState, search }: UserFilter, after: string | null): AsyncGenerator<Stretch> {
    for (let begin = after; ;) {
      const end = tokenState && !search ? await nameAtDistance(this.database, begin, USERS_AT_ONCE) : null;
      yield { begin, end };
      if (end === null) return;
      begin = end;
      await yieldToEventLoop();
    }
  }

  /** A query for each searched column: with both in one query, no engine would find the first page by an index. */
  private ways(filter: UserFilter): SelectQueryBuilder<User>[] {
    const { search } = filter;
    if (!search) return [this.where(filter)];
    return SEARCHED.map((column) => this.where(filter).andWhere(...beginningWith(search, [column])));
  }

  private where(filter: UserFilter) {
    return usersWhere(this.database, filter, { oidc: this.settings.current().oidc, now: this.clock.now() });
  }
}
