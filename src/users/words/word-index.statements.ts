import { DataSource } from 'typeorm';
import { databaseMilliseconds } from '../../common/persistence/database-clock.js';
import { besideRequests, writeBesideRequests } from '../../common/persistence/beside-requests.js';
import { rowsChangedBy } from '../../common/persistence/conditional-write.js';
import { RELAXED_DURABILITY } from '../../common/persistence/relaxed-durability.js';
import { WordIndexing } from './user-word.entity.js';
import { LONGEST_WORD } from './words.js';

const WORK_MS = 30_000;

// The next pass repeats all of this, so nothing here has to wait for the disk.
const relaxed = (sql: string) => `/* ${RELAXED_DURABILITY} */ ${sql}`;

const ROWS = {
  sqlite: `INSERT OR IGNORE INTO user_words (word, user_id)
    SELECT r.value ->> '$[0]', u.id FROM json_each(?) r JOIN users u ON u.id = r.value ->> '$[1]'`,
  mysql: `INSERT IGNORE INTO user_words (word, user_id)
    SELECT r.word, u.id FROM JSON_TABLE(?, '$[*]' COLUMNS
      (word VARCHAR(${LONGEST_WORD}) PATH '$[0]', user_id VARCHAR(36) PATH '$[1]')) r
    JOIN users u ON u.id = r.user_id`,
};

const isSqlite = ({ options }: DataSource) => options.type === 'better-sqlite3';

/** A word of a user. */
export type WordOfUser = readonly [word: string, userId: string];

/** A user whose words are due. */
export interface DueUser {
  readonly id: string;
  readonly username: string;
  readonly realName: string | null;
  readonly email: string | null;
  /** The mark. */
  readonly wordsDue: string;
  readonly isDeleted: boolean;
}

// In the order of the index: by its statistics a database may prefer the whole table, of which ever less is due.
const DUE = `SELECT id, username, real_name AS realName, email, words_due AS wordsDue, deleted_at IS NOT NULL AS isDeleted
  FROM users WHERE words_due IS NOT NULL ORDER BY words_due LIMIT ?`;

/** Whether words of anybody are due. It is asked every few seconds, so no thread has to run for it. */
export async function areDue(database: DataSource): Promise<boolean> {
  return (await database.query<unknown[]>(DUE, [1])).length > 0;
}

/** The first users whose words are due. */
export async function readDue(database: DataSource, most: number): Promise<DueUser[]> {
  const rows = await database.query<(Omit<DueUser, 'isDeleted'> & { isDeleted: unknown })[]>(besideRequests(DUE), [
    most,
  ]);
  return rows.map((row) => ({ ...row, isDeleted: Boolean(Number(row.isDeleted)) }));
}

/** The stored words of some users. */
export async function readWords(database: DataSource, userIds: readonly string[]): Promise<WordOfUser[]> {
  const sql = `SELECT word, user_id AS userId FROM user_words WHERE user_id IN (${marksFor(userIds)})`;
  const rows = await database.query<{ word: string; userId: string }[]>(besideRequests(sql), [...userIds]);
  return rows.map(({ word, userId }) => [word, userId]);
}

/** Stores words; those that are there stay. Words of users who are gone are left out. */
export async function insertWords(database: DataSource, words: readonly WordOfUser[]): Promise<void> {
  if (words.length === 0) return;
  // Neighbours in the index are written together.
  const inOrder = [...words].sort(([one], [other]) => Number(one > other) - Number(one < other));
  const sql = isSqlite(database) ? ROWS.sqlite : ROWS.mysql;
  await database.query(writeBesideRequests(sql), [JSON.stringify(inOrder)]);
}

/** Removes this mark of these users, unless they have another one by now. Returns of how many. */
export async function removeMark(database: DataSource, mark: string, userIds: readonly string[]): Promise<number> {
  // Not by the index of the marks: after an upgrade all users have the same one.
  const sql = `UPDATE users SET words_due = NULL WHERE id IN (${marksFor(userIds)}) AND COALESCE(words_due, '') = ?`;
  return rowsChangedBy(database, writeBesideRequests(sql), [...userIds, mark]);
}

const marksFor = (values: readonly unknown[]) => values.map(() => '?').join(', ');

/**
 * Lets this process bring the words up to date for half a minute, by the database's clock, if no other does.
 *
 * @param owner a random id of the process
 * @returns whether it may
 */
export async function takeWork(database: DataSource, owner: string): Promise<boolean> {
  const now = databaseMilliseconds(database);
  const take = database.createQueryBuilder().update(WordIndexing);
  const { affected } = await take
    .set({ owner, heldUntil: () => `${now} + ${WORK_MS}` })
    .where(`id = 1 AND (owner = :owner OR held_until <= ${now})`, { owner })
    .comment(RELAXED_DURABILITY)
    .execute();
  return affected === 1;
}

/** Lets another process work at once. */
export async function leaveWork(database: DataSource, owner: string): Promise<void> {
  await database.query(relaxed('UPDATE user_word_indexings SET held_until = 0 WHERE owner = ?'), [owner]);
}
