import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { Clock } from '../common/runtime/clock.js';
import { AuthMode } from '../settings/auth-mode.js';
import { SettingsRow } from '../settings/settings.entity.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/user.entity.js';
import { OidcTokenState } from '../grants/status/grant-status.js';
import type { FilteredUsers } from './user-directory.models.js';
import { UserDirectory } from './user-directory.service.js';
import { UserSearch } from './user-search.service.js';
import { beginningWith, SEARCHED, usersWhere } from './user-directory.statements.js';

const MANY = 1100;
/** They have a provider, and no grant from it. */
const STRANDED = ['p0003', 'p1098', 'p1099'];

describe(UserDirectory, () => {
  let database: TestDatabase;
  let directory: UserDirectory;
  let settings: SettingsService;
  beforeAll(async () => {
    database = await openDatabase();
    const { dataSource, installation } = database;
    settings = new SettingsService(dataSource.getRepository(SettingsRow), installation);
    await settings.catchUp();
    directory = new UserDirectory(dataSource, settings, new Clock(), new UserSearch(dataSource, settings, new Clock()));
    await insert('p');
  });
  afterAll(() => database.close());

  const insert = async (letter: string) => {
    const now = new Date();
    const people = Array.from({ length: MANY }, (_, index) => {
      const name = `${letter}${String(index).padStart(4, '0')}`;
      const foldedEmail = index < 5 ? `${name}@example.org` : `z${MANY - index}@example.org`;
      return {
        ...{ id: name, mode: AuthMode.DATABASE, username: name, foldedName: name, email: foldedEmail, foldedEmail },
        ...{ isAdmin: false, isDisabled: index === 7, securityStamp: 's', createdAt: now, updatedAt: now },
        ...(letter !== 'p' || STRANDED.includes(name) ? { issuer: 'https://gone.example.org', subject: name } : {}),
      };
    });
    for (let from = 0; from < MANY; from += 100) {
      await database.dataSource.getRepository(User).insert(people.slice(from, from + 100));
    }
  };

  /** The index that each step of a query goes by, as either engine tells it. */
  const indicesOf = async (sql: string, parameters: unknown[]) => {
    const isSqlite = database.environment.database.engine === 'sqlite';
    const explain = `${isSqlite ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'} ${sql}`;
    const rows = await database.dataSource.query<{ detail?: string; key?: string | null }[]>(explain, parameters);
    return rows.map(({ detail, key }) => (detail ? (/ USING INDEX (\w+) /.exec(detail)?.[1] ?? detail) : key));
  };

  it('tells no total above a thousand, so that no page is slower in a larger installation', async () => {
    expect(await directory.count({})).toBeNull();
    expect(await directory.count({ search: 'p' })).toBeNull();
    expect(await directory.count({ search: 'p00' })).toBe(100);
    expect(await directory.count({ isDisabled: true })).toBe(1);
  });

  it('finds by name and by address, each user once and in the order of names, page by page', async () => {
    const all: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await directory.list({ first: 60, after }, { search: 'p000' });
      all.push(...page.edges.map(({ node }) => node.username));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(all).toEqual(Array.from({ length: 10 }, (_, index) => `p000${index}`));
    const byAddress = await directory.list({ first: 3 }, { search: 'z1' });
    const expected = Array.from({ length: MANY }, (_, index) => index)
      .filter((index) => index >= 5 && String(MANY - index).startsWith('1'))
      .slice(0, 3)
      .map((index) => `p${String(index).padStart(4, '0')}`);
    expect(byAddress.edges.map(({ node }) => node.username)).toEqual(expected);
  });

  it('finds who has to log in again, page by page, wherever they stand', async () => {
    const filter = { tokenState: OidcTokenState.REAUTHENTICATION_REQUIRED };
    const namesOf = ({ edges }: FilteredUsers) => edges.map(({ node }) => node.username);
    expect(namesOf(await directory.list({ first: 20 }, filter))).toEqual(STRANDED);
    const first = await directory.list({ first: 2 }, filter);
    expect([namesOf(first), first.pageInfo.hasNextPage]).toEqual([STRANDED.slice(0, 2), true]);
    const second = await directory.list({ first: 2, after: first.pageInfo.endCursor }, filter);
    expect([namesOf(second), second.pageInfo.hasNextPage]).toEqual([STRANDED.slice(2), false]);
    expect(await directory.count(filter)).toBe(3);
  });

  it('finds them in the order of names where they are too many to look for all', async () => {
    await insert('q');
    const filter = { tokenState: OidcTokenState.REAUTHENTICATION_REQUIRED };
    const { edges, pageInfo } = await directory.list({ first: 5 }, filter);
    expect(edges.map(({ node }) => node.username)).toEqual([...STRANDED, 'q0000', 'q0001']);
    const next = await directory.list({ first: 2, after: pageInfo.endCursor }, filter);
    expect(next.edges.map(({ node }) => node.username)).toEqual(['q0002', 'q0003']);
    expect(await directory.count(filter)).toBeNull();
    await database.dataSource.query("DELETE FROM users WHERE folded_name LIKE 'q%'");
  });

  it('looks names and addresses up in an index each', async () => {
    const moment = { oidc: settings.current().oidc, now: new Date() };
    const plans = SEARCHED.map((column) => {
      const query = usersWhere(database.dataSource, {}, moment).andWhere(...beginningWith('a', [column]));
      return indicesOf(...query.orderBy('u.folded_name').limit(21).getQueryAndParameters());
    });
    const [byName, byAddress] = await Promise.all(plans);
    expect(byName).toEqual(['users_folded_name']);
    expect(byAddress?.[0]).toBe('users_folded_email');
  });
});
