import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { Clock } from '../common/runtime/clock.js';
import { SettingsRow } from '../settings/settings.entity.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/user.entity.js';
import { hasWords, searchedWords } from '../users/words/words.js';
import { UserWord } from '../users/words/user-word.entity.js';
import { WordIndex } from '../users/words/word-index.service.js';
import { UserDirectory } from './user-directory.service.js';
import { UserSearch } from './user-search.service.js';

/** More than a search looks among in the order of names at first, and with the words of each more than are counted at once. */
const MANY = 1600;
const SEARCHES = 25;
const WORDS = 'ada adler alba albin ali alma amber amos anna anouk ari arno asta ava axel berg bo Óla 張偉 zoe'.split(
  ' ',
);

/** A pseudo-random sequence that is the same in each run. */
function sequence(): (below: number) => number {
  let state = 8191;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

describe('Random searches', () => {
  const next = sequence();
  let database: TestDatabase;
  let directory: UserDirectory;
  let index: WordIndex;
  beforeAll(async () => {
    database = await openDatabase();
    const { dataSource, installation } = database;
    const settings = new SettingsService(dataSource.getRepository(SettingsRow), installation);
    await settings.catchUp();
    directory = new UserDirectory(dataSource, settings, new Clock(), new UserSearch(dataSource, settings, new Clock()));
    index = new WordIndex(dataSource.getRepository(User), dataSource.getRepository(UserWord));
    const people = Array.from({ length: MANY }, (_, place) => {
      const id = `u${place}`;
      const state = { mode: null, isAdmin: false, isDisabled: next(3) === 0, securityStamp: 's' };
      return { id, ...namesFor(place), ...state, createdAt: new Date(), updatedAt: new Date() };
    });
    for (let from = 0; from < MANY; from += 100) await users().insert(people.slice(from, from + 100));
  });
  afterAll(() => database.close());

  const users = () => database.dataSource.getRepository(User);
  const word = () => WORDS[next(WORDS.length)] ?? '';
  // The last words of the list stand for names that only come late in the order.
  const namesFor = (place: number) => {
    const name = `${place % 4 === 0 ? 'zoe' : (WORDS[next(15)] ?? '')}.${place}`;
    const real = Array.from({ length: 1 + next(7) }, word).join(' ');
    const email = next(3) === 0 ? null : `${word()}${next(50)}@example.org`;
    return { username: name, foldedName: name, realName: next(9) === 0 ? null : real, email, foldedEmail: email };
  };
  /** What somebody searches: one to three beginnings of words or numbers. */
  const search = () =>
    Array.from({ length: 1 + (next(3) === 0 ? next(3) : 0) }, () =>
      next(6) === 0 ? `${next(100)}` : [...word()].slice(0, 1 + next(5)).join(''),
    ).join(' ');

  const compareAll = async () => {
    const everybody = await users().find({ order: { foldedName: 'ASC' } });
    for (let asked = 0; asked < SEARCHES; asked++) {
      const filter = { search: search(), ...(next(3) === 0 && { isDisabled: true }) };
      const words = searchedWords(filter.search);
      const all = everybody
        .filter((user) => hasWords(user, words) && (!filter.isDisabled || user.isDisabled))
        .map(({ username }) => username);
      const begin = next(2) === 0 ? null : (all[next(all.length || 1)] ?? null);
      const after = begin === null ? null : Buffer.from(begin).toString('base64url');
      const first = 1 + next(100);
      const { edges, pageInfo } = await directory.list({ first, after }, filter);
      const rest = all.slice(begin === null ? 0 : all.indexOf(begin) + 1);
      const names = edges.map(({ node }) => node.username);
      expect([filter, names, pageInfo.hasNextPage]).toEqual([filter, rest.slice(0, first), rest.length > first]);
      expect([filter, await directory.count(filter)]).toEqual([filter, all.length > 1000 ? null : all.length]);
    }
  };
  const change = async (amount: number) => {
    for (let changed = 0; changed < amount; changed++) {
      const place = next(MANY);
      await users().update({ id: `u${place}` }, { ...namesFor(place), wordsDue: `change-${changed}` });
    }
  };

  it('find whom a look at everybody finds: without stored words, with them, and around changes of names', async () => {
    await compareAll();
    await index.bringUpToDate();
    await compareAll();
    await change(60);
    await compareAll();
    await index.bringUpToDate();
    await compareAll();
  });
});
