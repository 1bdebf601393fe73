import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from 'typeorm';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { Clock } from '../common/runtime/clock.js';
import { AuthMode } from '../settings/auth-mode.js';
import { SettingsRow } from '../settings/settings.entity.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/user.entity.js';
import { UserWord } from '../users/words/user-word.entity.js';
import { WordIndex } from '../users/words/word-index.service.js';
import { UserDirectory } from './user-directory.service.js';
import { usersWhere, within } from './user-directory.statements.js';
import { UserSearch } from './user-search.service.js';
import { havingWords } from './user-search.statements.js';

/** More than are read in one step in the order of names, and than may be due. */
const MANY = 2300;

describe(UserSearch, () => {
  let database: TestDatabase;
  let directory: UserDirectory;
  let settings: SettingsService;
  let index: WordIndex;
  const indexOf = ({ dataSource }: TestDatabase) =>
    new WordIndex(dataSource.getRepository(User), dataSource.getRepository(UserWord));
  beforeEach(async () => {
    database = await openDatabase();
    const { dataSource, installation } = database;
    settings = new SettingsService(dataSource.getRepository(SettingsRow), installation);
    await settings.catchUp();
    const clock = new Clock();
    directory = new UserDirectory(dataSource, settings, clock, new UserSearch(dataSource, settings, clock));
    index = indexOf(database);
  });
  afterEach(() => database.close());

  const users = () => database.dataSource.getRepository(User);
  const insert = async (people: Partial<User>[]) => {
    const [mode, now] = [AuthMode.DATABASE, new Date()];
    const rows = people.map(({ username = '', email = null, ...more }) => ({
      ...{ id: username, mode, username, foldedName: username, isAdmin: false, isDisabled: false, securityStamp: 's' },
      ...{ email, foldedEmail: email, createdAt: now, updatedAt: now, ...more },
    }));
    for (let from = 0; from < rows.length; from += 100) await users().insert(rows.slice(from, from + 100));
  };
  const nameAt = (place: number) => `p${String(place).padStart(4, '0')}`;
  const insertMany = () =>
    insert(
      Array.from({ length: MANY }, (_, place) => ({
        username: nameAt(place),
        realName: place % 10 === 7 ? 'Ólafur Lin' : `Kim ${place}`,
        email: place === MANY - 1 ? 'last.lingonberry@example.org' : `m${place}@example.org`,
      })),
    );
  const namesOf = async (search: string, first = 100, after: string | null = null) => {
    const { edges } = await directory.list({ first, after }, { search });
    return edges.map(({ node }) => node.username);
  };
  const allOf = async (search: string) => {
    const all: string[] = [];
    for (let after: string | null = null; ;) {
      const { edges, pageInfo } = await directory.list({ first: 50, after }, { search });
      all.push(...edges.map(({ node }) => node.username));
      if (!pageInfo.hasNextPage) return all;
      after = pageInfo.endCursor;
    }
  };

  it('finds beginnings of words in name, real name and address, before the words are stored, while they are, and after', async () => {
    await insertMany();
    const lins = Array.from({ length: MANY }, (_, place) => place).filter((place) => place % 10 === 7);
    const expected = [...lins, MANY - 1].map(nameAt).sort();
    const answers = async () => [
      await allOf('lin'),
      await namesOf('LIN ólaf', 3),
      await namesOf('lingon'),
      await namesOf('berry'),
      await namesOf('kim 230'),
      await namesOf('m12@exam'),
      await namesOf('m12 exam'),
      await directory.count({ search: 'lin' }),
      await directory.count({ search: 'kim' }),
    ];
    const right = [
      expected,
      lins.slice(0, 3).map(nameAt),
      [nameAt(MANY - 1)],
      [],
      ['p0230'],
      ['p0012'],
      Array.from({ length: MANY }, (_, place) => place)
        .filter((place) => /^12/.test(String(place)))
        .map(nameAt)
        .slice(0, 100),
      expected.length,
      null,
    ];
    expect(await answers()).toEqual(right);
    const storing = index.bringUpToDate();
    expect(await answers()).toEqual(right);
    await storing;
    expect(await answers()).toEqual(right);
    expect(await users().countBy({ wordsDue: 'new' })).toBe(0);
  });

  it('finds a page of a frequent word among further names, in their order, and the rest by the word', async () => {
    await insert(
      Array.from({ length: MANY }, (_, place) => ({
        username: nameAt(place),
        realName: place % 40 === 7 ? 'Lin' : 'Kim',
      })),
    );
    // More than are looked up by the word at once.
    await insert(Array.from({ length: 600 }, (_, place) => ({ username: `z${nameAt(place)}`, realName: 'Lin' })));
    await index.bringUpToDate();
    const expected = Array.from({ length: MANY }, (_, place) => place)
      .filter((place) => place % 40 === 7)
      .map(nameAt);
    expect(await namesOf('lin', 40)).toEqual(expected.slice(0, 40));
    expect(await namesOf('lin', 100)).toEqual([
      ...expected,
      ...Array.from({ length: 42 }, (_, place) => `z${nameAt(place)}`),
    ]);
  });

  it('joins users whose words are due with the others, in the order of names', async () => {
    await insert([{ username: 'b', realName: 'Lin B' }, { username: 'd', realName: 'Lin D' }, { username: 'x' }]);
    await index.bringUpToDate();
    await insert([
      { username: 'a', realName: 'Lin A' },
      { username: 'c', realName: 'Lin C' },
    ]);
    await users().update({ id: 'd' }, { realName: 'Kim', wordsDue: 'changed' });
    expect(await namesOf('lin')).toEqual(['a', 'b', 'c']);
    expect([await namesOf('lin', 2), await directory.count({ search: 'lin' })]).toEqual([['a', 'b'], 3]);
    const { pageInfo } = await directory.list({ first: 1 }, { search: 'lin' });
    expect(await namesOf('lin', 2, pageInfo.endCursor)).toEqual(['b', 'c']);
    await index.bringUpToDate();
    expect(await namesOf('lin')).toEqual(['a', 'b', 'c']);
    expect(await namesOf('kim')).toEqual(['d']);
  });

  it('stores words in one process at a time, whichever of three, and each user once', async () => {
    await insert(Array.from({ length: 120 }, (_, place) => ({ username: nameAt(place) })));
    const replicas = [await openDatabase(database), await openDatabase(database)];
    const done = await Promise.all([index, ...replicas.map(indexOf)].map((one) => one.bringUpToDate()));
    // The installation itself has users, too.
    expect(done.filter((number) => number > 0)).toHaveLength(1);
    expect(await users().createQueryBuilder('u').where('u.words_due IS NOT NULL').getCount()).toBe(0);
    const words = await database.dataSource.getRepository(UserWord).find();
    expect(words.filter(({ word }) => /^p\d/.test(word))).toHaveLength(120);
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  it('finds users whose words are due by the index, though the statistics are from when all were due', async () => {
    await insert(Array.from({ length: 300 }, (_, place) => ({ username: nameAt(place) })));
    const { dataSource } = database;
    if (dataSource.options.type === 'better-sqlite3') await dataSource.query('ANALYZE');
    else await dataSource.query('ANALYZE TABLE users');
    await index.bringUpToDate();
    const asked: string[] = [];
    const query = dataSource.query.bind(dataSource);
    dataSource.query = (...statement: Parameters<typeof query>) => {
      asked.push(statement[0]);
      return query(...statement) as never;
    };
    await Promise.all([index.bringUpToDate(), namesOf('lin')]);
    dataSource.query = query;
    const due = asked.filter((sql) => sql.includes('words_due IS NOT NULL'));
    expect(due).toHaveLength(2);
    const prefix = dataSource.options.type === 'better-sqlite3' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    for (const sql of due) {
      const plan: unknown = await query(`${prefix} ${sql}`, sql.includes('?') ? [1] : []);
      expect(JSON.stringify(plan)).toContain('users_words_due');
    }
  });

  it('reads no words but those of the users whom it reads, though the statistics are from when there were few', async () => {
    const { dataSource } = database;
    await index.bringUpToDate();
    const isSqlite = dataSource.options.type === 'better-sqlite3';
    await dataSource.query(isSqlite ? 'ANALYZE' : 'ANALYZE TABLE users, user_words');
    await insert(Array.from({ length: 300 }, (_, place) => ({ username: nameAt(place) })));
    await index.bringUpToDate();
    const users = usersWhere(dataSource, {}, { oidc: settings.current().oidc, now: new Date() });
    const query = within(havingWords(users, { words: ['lin'], due: [] }, 'names'), { begin: null, end: nameAt(200) });
    const [sql, parameters] = query.orderBy('u.folded_name').limit(20).getQueryAndParameters();
    const plan = await dataSource.query<object[]>(`${isSqlite ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'} ${sql}`, parameters);
    const step = isSqlite ? 'SEARCH w USING COVERING INDEX user_words_user' : 'user_words_user';
    expect(plan.filter((row) => JSON.stringify(row).includes(step))).toHaveLength(1);
    expect(JSON.stringify(plan)).not.toMatch(/BLOOM|MATERIALIZED/);
  });

  it('removes marks by the keys of the users: after an upgrade all users have the same mark', async () => {
    await insertMany();
    const { dataSource } = database;
    const asked: string[] = [];
    const noted = { logQuery: (sql: string) => void asked.push(sql) } as unknown as Logger;
    dataSource.setOptions({ logger: noted });
    await index.bringUpToDate();
    dataSource.setOptions({ logger: undefined });
    const sql =
      asked.filter((one) => one.includes('SET words_due = NULL')).sort((a, b) => b.length - a.length)[0] ?? '';
    const prefix = dataSource.options.type === 'better-sqlite3' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const plan: unknown = await dataSource.query(`${prefix} ${sql}`, Array(sql.split('?').length - 1).fill('new'));
    expect(JSON.stringify(plan)).toMatch(/sqlite_autoindex_users_1|PRIMARY/);
    expect(JSON.stringify(plan)).not.toContain('users_words_due');
  });

  it('keeps the mark of a user who changes while the words are stored', async () => {
    await insert([{ username: 'a', realName: 'Lin' }]);
    const { dataSource } = database;
    const query = dataSource.query.bind(dataSource);
    dataSource.query = async (...statement: Parameters<typeof query>) => {
      const answer: unknown = await query(...statement);
      if (statement[0].includes('user_words')) await users().update({ id: 'a' }, { realName: 'Kim', wordsDue: 'next' });
      return answer as never;
    };
    await index.bringUpToDate();
    dataSource.query = query;
    expect([await namesOf('lin'), await namesOf('kim')]).toEqual([[], ['a']]);
    await index.bringUpToDate();
    expect([await namesOf('lin'), await namesOf('kim')]).toEqual([[], ['a']]);
    const words = await dataSource.getRepository(UserWord).findBy({ userId: 'a' });
    expect(words.map(({ word }) => word).sort()).toEqual(['a', 'kim']);
  });
});
