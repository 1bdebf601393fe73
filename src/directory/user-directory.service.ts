import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
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
import { fewWith } from './token-state.statements.js';
import { UserSearch } from './user-search.service.js';
import { countOf } from './user-search.statements.js';

/** Larger totals are not counted: every page would take time in proportion to the table. */
const MOST_COUNTED = 1000;
/** How many users are looked at in the order of names for a page of users with a token state, before all of them are looked for. */
const USERS_NEAR = 1000;
/** How many users are read before other questions get a turn, if no index can serve the filter. */
const USERS_AT_ONCE = 20_000;

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
    const few = words.length > 0 ? null : await this.few(filter);
    const found =
      words.length > 0 ? this.search.find({ filter, words }, after, most) : this.withoutWords(filter, few, after, most);
    const { edges, pageInfo } = pageFrom(await found, request, ({ foldedName }) => foldedName);
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: UserModel.of(node) })), pageInfo, filter, few };
  }

  /**
   * How many users match a filter; null if there are more than a thousand.
   *
   * @param known what the page with this filter says of few users; without it, it is found out again
   */
  async count(filter: UserFilter, known?: string | null): Promise<number | null> {
    const words = searchedWords(filter.search ?? '');
    if (words.length > 0) return this.search.count({ filter, words }, MOST_COUNTED);
    const few = known === undefined ? await this.few(filter) : known;
    const query = this.where(filter, few).select('u.id', 'id');
    if (filter.search) query.andWhere(...beginningWith(filter.search));
    const total = await countOf(this.database, query.limit(MOST_COUNTED + 1));
    return total > MOST_COUNTED ? null : total;
  }

  private async withoutWords(
    filter: UserFilter,
    few: string | null,
    after: string | null,
    most: number,
  ): Promise<User[]> {
    const begun = { begin: after, end: null };
    if (few !== null && !filter.search) return this.among(filter, begun, most, few);
    if (filter.tokenState && !filter.search) return this.byTokenState(filter, after, most);
    const found = this.ways(filter).map((query) => within(query, begun).orderBy('u.folded_name').limit(most).getMany());
    return inOrder((await Promise.all(found)).flat());
  }

  /** Where no index tells few: many users with a token state are found soon in the order of names, and few are all looked for. */
  private async byTokenState(filter: UserFilter, after: string | null, most: number): Promise<User[]> {
    const end = await nameAtDistance(this.database, after, USERS_NEAR);
    const near = await this.among(filter, { begin: after, end }, most);
    if (near.length >= most || end === null) return near;
    const all = await this.where(filter)
      .select('u.id', 'id')
      .limit(MOST_COUNTED + 1)
      .getRawMany<{ id: string }>();
    if (all.length > MOST_COUNTED) return [...near, ...(await this.byStretches(filter, end, most - near.length))];
    // No id is empty, and an empty list is no SQL.
    const ids = ['', ...all.map(({ id }) => id)];
    const far = within(this.where(filter), { begin: end, end: null }).andWhere('u.id IN (:...ids)', { ids });
    return [...near, ...inOrder(await far.getMany())];
  }

  private async byStretches(filter: UserFilter, after: string, most: number): Promise<User[]> {
    const found: User[] = [];
    for (let begin: string | null = after; begin !== null && found.length < most;) {
      const end: string | null = await nameAtDistance(this.database, begin, USERS_AT_ONCE);
      found.push(...(await this.among(filter, { begin, end }, most)));
      begin = end;
    }
    return found;
  }

  private among(filter: UserFilter, stretch: Stretch, most: number, few?: string | null): Promise<User[]> {
    return within(this.where(filter, few), stretch).orderBy('u.folded_name').limit(most).getMany();
  }

  /** A query for each searched column: with both in one query, no engine would find the first page by an index. */
  private ways(filter: UserFilter): SelectQueryBuilder<User>[] {
    const { search } = filter;
    if (!search) return [this.where(filter)];
    return SEARCHED.map((column) => this.where(filter).andWhere(...beginningWith(search, [column])));
  }

  private few({ tokenState }: UserFilter): Promise<string | null> {
    return fewWith(this.database, tokenState, this.moment());
  }

  private where(filter: UserFilter, few: string | null = null) {
    const query = usersWhere(this.database, filter, this.moment());
    return few === null ? query : query.andWhere(few);
  }

  private moment() {
    return { oidc: this.settings.current().oidc, now: this.clock.now() };
  }
}
