import { DataSource, SelectQueryBuilder } from 'typeorm';
import { besideRequests } from '../common/persistence/beside-requests.js';
import { User } from '../users/index.js';
import type { UserFilter } from './user-directory.models.js';

/** A filter of users, and the words of its search, the longest first. */
export interface Search {
  readonly filter: UserFilter;
  readonly words: readonly string[];
}

/** A search and the users whose words are due, so that the stored ones don't count. */
export interface StoredSearch extends Search {
  readonly due: readonly string[];
}

const RANGE = (index: number) => `w.word >= :word${index} AND w.word < :beyond${index}`;

/**
 * By the user: for users who are read anyway. Not by EXISTS, which SQLite makes a join: by statistics from when few words were stored, it
 * reads all words of everybody first.
 */
const OF_USER = (index: number) =>
  `(SELECT 1 FROM user_words w WHERE w.user_id = u.id AND ${RANGE(index)} LIMIT 1) IS NOT NULL`;

/** By the word: leads to the users. The outer SELECT is for MySQL, which takes no limit in a list. */
function amongUsers(index: number, rows: number): string {
  const having = `SELECT w.user_id FROM user_words w WHERE ${RANGE(index)}`;
  return `u.id IN (${rows === Infinity ? having : `SELECT l.user_id FROM (${having} LIMIT ${rows}) l`})`;
}

/** What leads to users: their order by name, or the first word, the most selective one. */
export type Way = 'names' | 'words';

/**
 * Adds the condition that users have words with each of these beginnings.
 *
 * @param rows of how many stored words with the first beginning the users are taken, by the words; all by default
 */
export function havingWords(
  query: SelectQueryBuilder<User>,
  { words, due }: Pick<StoredSearch, 'words' | 'due'>,
  by: Way,
  rows = Infinity,
): SelectQueryBuilder<User> {
  if (due.length > 0) query.andWhere('u.id NOT IN (:...due)', { due });
  for (const [index, word] of words.entries()) {
    // The last code point, which no word has.
    const range = { [`word${index}`]: word, [`beyond${index}`]: `${word}\u{10ffff}` };
    query.andWhere(by === 'words' && index === 0 ? amongUsers(index, rows) : OF_USER(index), range);
  }
  return query;
}

/** Whether at most so many stored words begin with the first of these. */
export async function isRare(database: DataSource, [first = '']: readonly string[], most: number): Promise<boolean> {
  const range = `SELECT w.word FROM user_words w WHERE w.word >= ? AND w.word < ? LIMIT ${most + 1}`;
  const sql = besideRequests(`SELECT COUNT(*) AS total FROM (${range}) beginnings`);
  const [row] = await database.query<{ total: number | string }[]>(sql, [first, `${first}\u{10ffff}`]);
  return Number(row?.total) <= most;
}

/** The ids of users whose words are due; `most` of them. */
export async function readDueIds(database: DataSource, most: number): Promise<string[]> {
  // By the index, whatever the database's statistics say of it.
  const sql = besideRequests(`SELECT id FROM users WHERE words_due IS NOT NULL ORDER BY words_due LIMIT ${most}`);
  return (await database.query<{ id: string }[]>(sql)).map(({ id }) => id);
}

/** How many rows a query has. */
export async function countOf(
  database: DataSource,
  query: Pick<SelectQueryBuilder<User>, 'getQueryAndParameters'>,
): Promise<number> {
  const [passed, parameters] = query.getQueryAndParameters();
  const sql = besideRequests(`SELECT COUNT(*) AS total FROM (${passed}) passed`);
  const [row] = await database.query<{ total: number | string }[]>(sql, parameters);
  return Number(row?.total);
}
