import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { timestampText } from '../common/persistence/stored-timestamp.js';
import { User } from '../users/user.entity.js';
import { ProviderGrant } from '../grants/provider-grant.entity.js';
import { LimitedLogin, loginLimitOf } from '../grants/limits/index.js';
import { IS_IN_LOGIN_GROUP, loginGroupParameters } from './login-groups.statements.js';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const PROVIDER = { endpoint: 'https://id.example.org', clientId: 'mooring' };
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const login: LimitedLogin = {
  ...{ grantIssuer: PROVIDER.endpoint, grantClientId: PROVIDER.clientId, grantGroupNames: '["crew"]' },
  ...{ grantLoginBegunAt: timestampText(hoursAgo(30)), grantGroupsToldAt: null },
};
const noGrant: LimitedLogin = {
  ...{ grantIssuer: null, grantClientId: null, grantGroupNames: null },
  ...{ grantLoginBegunAt: null, grantGroupsToldAt: null },
};
const renewable = { grantOverAt: null };
/** Nobody can renew the grant, and it counts until then; verified so many hours ago. */
const until = (grantOverAt: Date, verifiedHoursAgo?: number) => ({
  grantOverAt,
  grantVerifiedAt: verifiedHoursAgo === undefined ? null : hoursAgo(verifiedHoursAgo),
});
const settings = (maxSignInDays: number, ...loginGroups: string[]) => ({
  ...PROVIDER,
  ...{ maxSignInDays, loginGroups, groupsKeptHours: 24 },
});

describe(loginLimitOf, () => {
  it.each([
    ['no limits', login, settings(0), null],
    ['no limits and no grant', noGrant, settings(0), null],
    ['a login young enough', login, settings(2), null],
    ['a login too old', login, settings(1), 'LOGIN_TOO_OLD'],
    ['a login that gets too old now', { ...login, grantLoginBegunAt: hoursAgo(24) }, settings(1), 'LOGIN_TOO_OLD'],
    ['a login of an unknown time', { ...login, grantLoginBegunAt: null }, settings(1), 'LOGIN_TOO_OLD'],
    ['a group that may', login, settings(0, 'pilots', 'crew'), null],
    ['no group that may', login, settings(0, 'pilots'), 'LOGIN_NOT_ALLOWED'],
    ['groups never told', { ...login, grantGroupNames: null }, settings(0, 'crew'), 'LOGIN_NOT_ALLOWED'],
    [
      'groups told too long ago',
      { ...login, grantGroupsToldAt: hoursAgo(24) },
      settings(0, 'crew'),
      'LOGIN_NOT_ALLOWED',
    ],
    ['groups told lately', { ...login, grantGroupsToldAt: hoursAgo(23) }, settings(0, 'crew'), null],
    [
      'groups of a grant that can be renewed, however long ago',
      { ...login, ...renewable, grantVerifiedAt: hoursAgo(99) },
      settings(0, 'crew'),
      null,
    ],
    ['groups of a lasting token', { ...login, ...until(hoursAgo(-1), 99) }, settings(0, 'crew'), null],
    ['groups of a token that has expired', { ...login, ...until(hoursAgo(1), 23) }, settings(0, 'crew'), null],
    [
      'groups of a token that has expired, told too long ago',
      { ...login, ...until(hoursAgo(1), 24) },
      settings(0, 'crew'),
      'LOGIN_NOT_ALLOWED',
    ],
    [
      'groups of a grant that has ended, told at an unknown time',
      { ...login, ...until(hoursAgo(25)) },
      settings(0, 'crew'),
      'LOGIN_NOT_ALLOWED',
    ],
    ['groups of another client', { ...login, grantClientId: 'other' }, settings(0, 'crew'), 'LOGIN_NOT_ALLOWED'],
    ['no grant, where groups decide', noGrant, settings(0, 'crew'), 'LOGIN_NOT_ALLOWED'],
    ['no grant, where the age decides', noGrant, settings(1), 'LOGIN_TOO_OLD'],
  ])('decides for %s', (_what, row, limits, expected) => {
    expect(loginLimitOf(row, limits, NOW)).toBe(expected);
  });
});

describe('Login groups in SQL', () => {
  const GRANTS: [string, string[], Date | null][] = [
    ['none', [], null],
    ['crew', ['crew'], null],
    ['both', ['crew', 'pilots'], null],
    ['other spelling', ['Crew', 'crew '], null],
    ['lately told', ['crew'], hoursAgo(23)],
    ['told too long ago', ['crew'], hoursAgo(24)],
  ];
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase();
    const { dataSource } = database;
    for (const name of ['crew', 'pilots', 'Crew', 'crew ']) {
      await dataSource.getRepository('UserGroup').insert({ id: `g-${name}`, name, createdAt: NOW });
    }
    for (const [id, names, groupsToldAt] of GRANTS) {
      await dataSource.getRepository(User).insert({
        ...{ id, mode: null, username: id, foldedName: id, issuer: PROVIDER.endpoint, subject: id },
        ...{ isAdmin: false, isDisabled: false, securityStamp: 's', createdAt: NOW, updatedAt: NOW },
      });
      const origin = { issuer: PROVIDER.endpoint, clientId: PROVIDER.clientId, sealedIdToken: 'sealed' };
      const groups = { groupNames: JSON.stringify(names), groupsToldAt };
      const grants = dataSource.getRepository(ProviderGrant);
      await grants.insert({ userId: id, ...origin, ...groups, version: 1, expiresAt: NOW });
      const rows = names.map((name) => ({ userId: id, groupId: `g-${name}` }));
      if (rows.length > 0) await dataSource.getRepository('Membership').insert(rows);
    }
  });
  afterAll(() => database.close());

  it.each([[[]], [['crew']], [['pilots', 'admins']], [['nobody']]])(
    'are as by the rule where %j may log in',
    async (names) => {
      const limits = settings(0, ...names);
      const grants = database.dataSource.createQueryBuilder(ProviderGrant, 'pg');
      const found = await grants.where(IS_IN_LOGIN_GROUP, loginGroupParameters(limits, NOW)).getMany();
      const rows = GRANTS.map(([id, told, toldAt]) => ({
        id,
        row: { ...login, grantGroupNames: JSON.stringify(told), grantGroupsToldAt: toldAt },
      }));
      const expected = rows.filter(({ row }) => loginLimitOf(row, limits, NOW) === null).map(({ id }) => id);
      expect(found.map(({ userId }) => userId).sort()).toEqual(expected.sort());
    },
  );
});
