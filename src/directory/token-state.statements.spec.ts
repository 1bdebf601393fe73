import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { Clock } from '../common/runtime/clock.js';
import { ProviderGrant } from '../grants/provider-grant.entity.js';
import { grantFactsOf, grantStatusOf, OidcTokenState } from '../grants/status/grant-status.js';
import { SettingsRow } from '../settings/settings.entity.js';
import { Settings, SettingsService } from '../settings/settings.service.js';
import { User } from '../users/user.entity.js';
import { fewWith } from './token-state.statements.js';
import { UserDirectory } from './user-directory.service.js';
import { usersWhere } from './user-directory.statements.js';
import { UserSearch } from './user-search.service.js';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const MANY = 400;
const PROVIDER = { endpoint: 'https://id.example.org', clientId: 'mooring' };

/** A pseudo-random sequence that is the same in each run. */
function sequence(): (below: number) => number {
  let state = 4711;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

describe(fewWith, () => {
  let database: TestDatabase;
  let settings: Settings;
  let people: User[];
  let grants: Map<string, ProviderGrant>;
  beforeAll(async () => {
    database = await openDatabase();
    const stored = new SettingsService(database.dataSource.getRepository(SettingsRow), database.installation);
    await stored.catchUp();
    settings = stored.current();
    await fill();
    people = await database.dataSource.getRepository(User).find({ order: { foldedName: 'ASC' } });
    const rows = await database.dataSource.getRepository(ProviderGrant).find();
    grants = new Map(rows.map((grant) => [grant.userId, grant]));
  });
  afterAll(() => database.close());

  async function fill() {
    const next = sequence();
    const hours = (from: number, to: number) => new Date(NOW.getTime() + (from + next(to - from)) * HOUR_MS);
    const oneIn = <T>(chance: number, value: T) => (next(chance) === 0 ? value : null);
    const users = Array.from({ length: MANY }, (_, place) => {
      const name = `p${next(1_000_000)}-${place}`;
      const isLocal = place % 50 === 49;
      return {
        ...{ id: name, mode: null, username: name, foldedName: name, isAdmin: false, isDisabled: next(4) === 0 },
        ...{ issuer: isLocal ? null : PROVIDER.endpoint, subject: isLocal ? null : name, securityStamp: 's' },
        ...{ createdAt: NOW, updatedAt: NOW, deletedAt: oneIn(20, NOW) },
      };
    });
    const ends = ['REFRESH_REJECTED', 'PROVIDER_LOGOUT', 'NO_REFRESH_TOKEN'] as const;
    const withGrant = users.filter(({ issuer }, place) => issuer !== null || place % 100 === 99);
    const rows = withGrant.map(({ id }) => ({
      userId: id,
      issuer: oneIn(20, next(2) === 0 ? 'https://a.example.org' : 'https://z.example.org') ?? PROVIDER.endpoint,
      clientId: oneIn(20, next(2) === 0 ? 'another' : 'third') ?? PROVIDER.clientId,
      sealedIdToken: 'sealed',
      sealedRefreshToken: oneIn(10, true) ? null : 'sealed',
      expiresAt: hours(-3, 3),
      verifiedAt: oneIn(5, true) ? null : hours(-4, -1),
      loginBegunAt: hours(-60, -1),
      endReason: oneIn(10, ends[next(3)] ?? null),
      unclearFromMs: oneIn(10, '5'),
      failure: oneIn(3, 'UNAVAILABLE' as const),
      version: 1,
    }));
    for (let from = 0; from < MANY; from += 100)
      await database.dataSource.getRepository(User).insert(users.slice(from, from + 100));
    for (let from = 0; from < MANY; from += 100)
      await database.dataSource.getRepository(ProviderGrant).insert(rows.slice(from, from + 100));
  }

  const withOidc = (changes: object) => ({ ...settings, oidc: { ...settings.oidc, ...PROVIDER, ...changes } });
  const directoryWith = (given: Settings) => {
    const clock = Object.assign(new Clock(), { now: () => NOW });
    const stored = { current: () => given } as SettingsService;
    return new UserDirectory(database.dataSource, stored, clock, new UserSearch(database.dataSource, stored, clock));
  };
  /** By the rule itself, user by user. */
  const expected = (state: OidcTokenState, { oidc }: Settings) =>
    people.filter(({ id, issuer, deletedAt }) => {
      const grant = grants.get(id);
      const facts = grant && { ...grant, hasRefreshToken: grant.sealedRefreshToken !== null };
      if (deletedAt !== null) return false;
      if (issuer === null && state === OidcTokenState.REAUTHENTICATION_REQUIRED) return false;
      return grantStatusOf(facts ? grantFactsOf(facts, oidc) : null, NOW).state === state;
    });
  const pagesOf = async (directory: UserDirectory, filter: { tokenState: OidcTokenState; isDisabled?: boolean }) => {
    const names: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await directory.list({ first: 30, after }, filter);
      expect(await directory.count(filter, page.few)).toBe(await directory.count(filter));
      names.push(...page.edges.map(({ node }) => node.username));
      if (!page.pageInfo.hasNextPage) return { names, total: await directory.count(filter), few: page.few };
      after = page.pageInfo.endCursor;
    }
  };
  const setting = [{}, { recheckMinutes: 90, outageGraceMinutes: 120 }, { maxSignInDays: 1 }, { clientId: 'another' }];

  it.each([...setting, { endpoint: null }])('finds whom the rule finds, page by page, with %j', async (changes) => {
    const given = withOidc(changes);
    const directory = directoryWith(given);
    for (const tokenState of Object.values(OidcTokenState)) {
      for (const isDisabled of [undefined, true]) {
        const all = expected(tokenState, given).filter((user) => isDisabled === undefined || user.isDisabled);
        const { names, total } = await pagesOf(directory, { tokenState, isDisabled });
        expect([tokenState, total, names]).toEqual([tokenState, all.length, all.map(({ username }) => username)]);
      }
    }
  });

  it('finds few by indices, as long as everybody with a provider has a grant', async () => {
    const given = withOidc({});
    const directory = directoryWith(given);
    const filter = { tokenState: OidcTokenState.REAUTHENTICATION_REQUIRED };
    const few = (await pagesOf(directory, filter)).few ?? '';
    const moment = { oidc: given.oidc, now: NOW };
    const [sql, parameters] = usersWhere(database.dataSource, filter, moment).andWhere(few).getQueryAndParameters();
    const isSqlite = database.dataSource.options.type === 'better-sqlite3';
    const plan = await database.dataSource.query<unknown>(
      `${isSqlite ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'} ${sql}`,
      parameters,
    );
    for (const index of ['ended', 'origin', 'unclear', 'unrefreshable'])
      expect(JSON.stringify(plan)).toContain(`provider_grants_${index}`);
    expect(JSON.stringify(plan)).not.toMatch(/SCAN (u|pg)"/);

    const stranded = { id: 'stranded', username: 'stranded', foldedName: 'stranded', issuer: PROVIDER.endpoint };
    const account = { ...stranded, mode: null, subject: 's', isAdmin: false, isDisabled: false, securityStamp: 's' };
    await database.dataSource.getRepository(User).insert({ ...account, createdAt: NOW, updatedAt: NOW });
    const { names, total, few: none } = await pagesOf(directory, filter);
    await database.dataSource.getRepository(User).delete('stranded');
    const all = [...expected(filter.tokenState, given).map(({ username }) => username), 'stranded'];
    expect([names, total, none]).toEqual([all, all.length, null]);
  });
});
