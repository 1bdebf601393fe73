import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, SelectQueryBuilder } from 'typeorm';
import { BESIDE_REQUESTS, besideRequests } from '../common/persistence/beside-requests.js';
import { Clock } from '../common/runtime/clock.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { cursorText, pageFrom, PageRequest, sizeOf } from '../graphql/index.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/index.js';
import { UserModel } from '../users/models/index.js';
import type { FilteredUsers, UserFilter } from './user-directory.models.js';
import { beginningWith, SEARCHED, usersWhere } from './user-directory.statements.js';

/** Larger totals are not counted: every page would take time in proportion to the table. */
const MOST_COUNTED = 1000;
/** How many users are read before other requests get a turn, if no index can serve the filter. */
const USERS_AT_ONCE = 1000;

/** A range of user names: after `begin`, up to and including `end`; null for no bound. */
interface Stretch {
  readonly begin: string | null;
  readonly end: string | null;
}

/** Lists users, filtered by their accounts and grants. */
@Injectable()
export class UserDirectory {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /**
   * A page of the users that match a filter, by user name.
   *
   * @throws {BadUserInput} for a page size out of 1 to 100, or an invalid cursor
   */
  async list(request: PageRequest, filter: UserFilter): Promise<FilteredUsers> {
    const most = sizeOf(request) + 1;
    const found: User[] = [];
    for await (const stretch of this.stretches(filter, cursorText(request))) {
      for (const query of this.ways(filter)) {
        found.push(...(await within(query, stretch).orderBy('u.folded_name').limit(most).getMany()));
      }
      if (found.length >= most) break;
    }
    const { edges, pageInfo } = pageFrom(inOrder(found), request, ({ foldedName }) => foldedName);
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: UserModel.of(node) })), pageInfo, filter };
  }

  /** How many users match a filter; null if there are more than a thousand. */
  async count(filter: UserFilter): Promise<number | null> {
    let total = 0;
    for await (const stretch of this.stretches(filter, null)) {
      const query = within(this.where(filter), stretch).select('u.id', 'id');
      if (filter.search) query.andWhere(...beginningWith(filter.search));
      total += await this.countOf(query.limit(MOST_COUNTED + 1));
      if (total > MOST_COUNTED) return null;
    }
    return total;
  }

  private async countOf(query: SelectQueryBuilder<User>): Promise<number> {
    const [passed, parameters] = query.getQueryAndParameters();
    const sql = besideRequests(`SELECT COUNT(*) AS total FROM (${passed}) passed`);
    const [row] = await this.database.query<{ total: number | string }[]>(sql, parameters);
    return Number(row?.total);
  }

  /** One range of all users or, if each has to be read, several ranges with a turn for other requests in between. */
  private async *stretches({ tokenState, search }: UserFilter, after: string | null): AsyncGenerator<Stretch> {
    for (let begin = after; ;) {
      const end = tokenState && !search ? await this.nameAtDistance(begin) : null;
      yield { begin, end };
      if (end === null) return;
      begin = end;
      await yieldToEventLoop();
    }
  }

  private async nameAtDistance(begin: string | null): Promise<string | null> {
    const query = this.database.createQueryBuilder(User, 'u').select('u.folded_name', 'name').comment(BESIDE_REQUESTS);
    const further = within(query, { begin, end: null })
      .orderBy('u.folded_name')
      .offset(USERS_AT_ONCE - 1)
      .limit(1);
    return (await further.getRawOne<{ name: string }>())?.name ?? null;
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

function within(query: SelectQueryBuilder<User>, { begin, end }: Stretch): SelectQueryBuilder<User> {
  if (begin !== null) query.andWhere('u.folded_name > :begin', { begin });
  if (end !== null) query.andWhere('u.folded_name <= :end', { end });
  return query;
}

/** The users without duplicates, in the order of the database: names byte by byte. */
function inOrder(found: readonly User[]): User[] {
  const once = [...new Map(found.map((user) => [user.id, user])).values()];
  return once.sort((one, other) => Buffer.compare(Buffer.from(one.foldedName), Buffer.from(other.foldedName)));
}
