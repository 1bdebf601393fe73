import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/index.js';
import { hasWords, NamedUser } from '../users/words/index.js';
import type { UserFilter } from './user-directory.models.js';
import { inOrder, nameAtDistance, Stretch, usersWhere, within } from './user-directory.statements.js';
import { countOf, havingWords, isRare, readDueIds, Search, StoredSearch } from './user-search.statements.js';

/** How many users are read in the order of names for a first page, before the words are asked. */
const NAMES_AT_ONCE = 1000;
/** If the first ones promise a page among so many names, these are read too. */
const MOST_NAMES = 20_000;
/** With so few users who have a word, they are looked up by it at once. */
const MOST_RARE = 500;
/** Among how many stored words with a frequent beginning users are counted, before those with any are. */
const WORDS_AT_ONCE = 5000;
/** With more users whose words are due, a search reads everybody. */
const MOST_DUE = 500;
const READ_AT_ONCE = 250;

type ReadUser = NamedUser & Pick<User, 'id'>;

/**
 * Finds users by the words of their names and addresses. Users whose words are due are read one by one, and everybody is if those are
 * many, so the answer is right at every moment.
 */
@Injectable()
export class UserSearch {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** The first users after a name, in the order of names, who match a filter and have these words; `most` of them or more. */
  async find({ filter, words }: Search, after: string | null, most: number): Promise<User[]> {
    const due = await readDueIds(this.database, MOST_DUE + 1);
    if (due.length > MOST_DUE) return this.byIds(filter, await this.readAll({ filter, words }, after, most));
    const found = (await this.waiting({ filter, words }, due)).filter(({ foldedName }) => isAfter(foldedName, after));
    if (await isRare(this.database, words, MOST_RARE)) {
      const rare = this.indexed({ filter, words, due }, { begin: after, end: null }, 'words').limit(most);
      return inOrder([...found, ...(await rare.getMany())]);
    }
    return inOrder([...found, ...(await this.frequent({ filter, words, due }, after, most))]);
  }

  /** Users with words that many have: found soon in the order of names, else by the words. */
  private async frequent(search: StoredSearch, after: string | null, most: number): Promise<User[]> {
    const near = await this.among(search, after, NAMES_AT_ONCE, most);
    const names = namesFor(most, near.users.length);
    const isPromising = near.end !== null && near.users.length < most && names <= MOST_NAMES;
    const more = isPromising ? await this.among(search, near.end, names, most) : { users: [], end: near.end };
    const found = [...near.users, ...more.users];
    if (more.end === null || found.length >= most) return found;
    const far = this.indexed(search, { begin: more.end, end: null }, 'words').limit(most);
    return [...found, ...(await far.getMany())];
  }

  /** The first users of so many names after a name, and the last of these names; null if there are not as many. */
  private async among(search: StoredSearch, begin: string | null, names: number, most: number) {
    const end = await nameAtDistance(this.database, begin, names);
    return { users: await this.indexed(search, { begin, end }, 'names').limit(most).getMany(), end };
  }

  /** How many users match a filter and have these words; null if there are more than `most`. */
  async count({ filter, words }: Search, most: number): Promise<number | null> {
    const due = await readDueIds(this.database, MOST_DUE + 1);
    const total =
      due.length > MOST_DUE
        ? (await this.readAll({ filter, words }, null, most + 1)).length
        : (await this.waiting({ filter, words }, due)).length +
          (await this.countIndexed({ filter, words, due }, most + 1));
    return total > most ? null : total;
  }

  /** Counts up to `most`. Among the first ones who have a frequent word there often are as many, and nobody else has to be read. */
  private async countIndexed({ filter, ...stored }: StoredSearch, most: number): Promise<number> {
    const among = (rows?: number) => {
      const query = havingWords(this.where(filter), stored, 'words', rows);
      return countOf(this.database, query.select('u.id', 'id').limit(most));
    };
    if (await isRare(this.database, stored.words, WORDS_AT_ONCE)) return among();
    const first = await among(WORDS_AT_ONCE);
    return first >= most ? first : among();
  }

  private indexed({ filter, ...stored }: StoredSearch, stretch: Stretch, by: 'names' | 'words') {
    return within(havingWords(this.where(filter), stored, by), stretch).orderBy('u.folded_name');
  }

  /** Of the users whose words are due, those who match. */
  private async waiting({ filter, words }: Search, due: readonly string[]): Promise<User[]> {
    return (await this.byIds(filter, due)).filter((user) => hasWords(user, words));
  }

  private async byIds(filter: UserFilter, ids: readonly string[]): Promise<User[]> {
    if (ids.length === 0) return [];
    return inOrder(await this.where(filter).andWhere('u.id IN (:...ids)', { ids }).getMany());
  }

  /** Reads everybody, with a turn for other requests in between, until `most` are found. */
  private async readAll({ filter, words }: Search, after: string | null, most: number): Promise<string[]> {
    const ids: string[] = [];
    for (let begin = after; ;) {
      const end = await nameAtDistance(this.database, begin, READ_AT_ONCE);
      const users = within(this.where(filter), { begin, end }).orderBy('u.folded_name');
      const read = await users.select(NAMES).getRawMany<ReadUser>();
      ids.push(...read.filter((user) => hasWords(user, words)).map(({ id }) => id));
      if (end === null || ids.length >= most) return ids.slice(0, most);
      begin = end;
      await yieldToEventLoop();
    }
  }

  private where(filter: UserFilter): SelectQueryBuilder<User> {
    return usersWhere(this.database, filter, { oidc: this.settings.current().oidc, now: this.clock.now() });
  }
}

/** How many further names a page probably needs, when some were found among the first ones; with a half to spare. */
function namesFor(most: number, found: number): number {
  return found === 0 ? Infinity : Math.ceil((1.5 * NAMES_AT_ONCE * most) / found);
}

const NAMES = ['u.id AS id', 'u.username AS username', 'u.real_name AS "realName"', 'u.email AS email'];

function isAfter(name: string, after: string | null): boolean {
  return after === null || Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;
}
