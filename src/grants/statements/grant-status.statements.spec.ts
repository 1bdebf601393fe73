import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../../test/support/database.js';
import { User } from '../../users/user.entity.js';
import { grantFactsOf, GrantSettings, grantStatusOf, OidcTokenState } from '../status/grant-status.js';
import { grantStatusParameters, HAS_STATUS } from './grant-status.statements.js';
import { ProviderGrant } from '../provider-grant.entity.js';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const PROVIDER = { endpoint: 'https://id.example.org', clientId: 'mooring' };
const { FRESH, REFRESHABLE, OUTAGE_GRACE, REAUTHENTICATION_REQUIRED } = OidcTokenState;
/** Settings with none, and with each, of the three that move the deadlines. */
const SETTINGS: GrantSettings[] = [0, 30].flatMap((recheckMinutes) =>
  [0, 60].flatMap((outageGraceMinutes) =>
    [0, 1].map((maxSignInDays) => ({ ...PROVIDER, recheckMinutes, outageGraceMinutes, maxSignInDays })),
  ),
);

const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const fresh: Partial<ProviderGrant> = { expiresAt: minutesAgo(-10), verifiedAt: minutesAgo(10) };
const expired: Partial<ProviderGrant> = { expiresAt: minutesAgo(10), verifiedAt: minutesAgo(20) };
const longExpired: Partial<ProviderGrant> = { expiresAt: minutesAgo(120), verifiedAt: minutesAgo(130) };
const token = { sealedRefreshToken: 'sealed' };
const silent = { failure: 'UNAVAILABLE', failedAt: minutesAgo(1) } as const;
const rejected = { failure: 'CLIENT_REJECTED', failedAt: minutesAgo(1) } as const;

/** A grant of each kind. */
const GRANTS: Record<string, Partial<ProviderGrant> | null> = {
  none: null,
  fresh: { ...fresh, ...token },
  'fresh without refresh token': fresh,
  'fresh, last verified long ago': { ...fresh, ...token, verifiedAt: minutesAgo(90) },
  'fresh, last verified long ago, without refresh token': { ...fresh, verifiedAt: minutesAgo(90) },
  'fresh, verified at an unknown time': { ...fresh, ...token, verifiedAt: null },
  'fresh while the provider is silent': { ...fresh, ...token, ...silent },
  'expiring now': { ...fresh, ...token, expiresAt: NOW },
  'to be rechecked now': { ...fresh, ...token, verifiedAt: minutesAgo(30) },
  expired: { ...expired, ...token },
  'expired without refresh token': expired,
  'expired, verified at an unknown time': { ...expired, ...token, verifiedAt: null },
  'expired while the provider is silent': { ...expired, ...token, ...silent },
  'expired without refresh token while the provider is silent': { ...expired, ...silent },
  'expired while the provider rejects the client': { ...expired, ...token, ...rejected },
  'long expired while the provider is silent': { ...longExpired, ...token, ...silent },
  'grace ending now': { ...longExpired, ...token, ...silent, expiresAt: minutesAgo(60), verifiedAt: null },
  'fresh, answered unclearly': { ...fresh, ...token, unclearFromMs: '0' },
  'expired, answered unclearly': { ...expired, ...token, unclearFromMs: '5' },
  'expired, answered unclearly, without refresh token': { ...expired, unclearFromMs: '5' },
  'expired, answered unclearly, then silent': { ...expired, ...token, ...silent, unclearFromMs: '5' },
  'refused at a refresh': { ...expired, ...token, endReason: 'REFRESH_REJECTED' },
  'refused at a refresh, with time left': { ...fresh, ...token, endReason: 'REFRESH_REJECTED' },
  'ended by a logout': { ...fresh, ...token, endReason: 'PROVIDER_LOGOUT' },
  'ended because its tokens do not open': { ...fresh, ...token, endReason: 'NO_REFRESH_TOKEN' },
  'ended while the provider is silent': { ...expired, ...token, ...silent, endReason: 'REFRESH_REJECTED' },
  'fresh, of a login today': { ...fresh, ...token, loginBegunAt: minutesAgo(60) },
  'fresh, of a login that gets too old now': { ...fresh, ...token, loginBegunAt: minutesAgo(24 * 60) },
  'expired, of a login today': { ...expired, ...token, loginBegunAt: minutesAgo(60) },
  'expired, of a login today, while the provider is silent': {
    ...expired,
    ...token,
    ...silent,
    loginBegunAt: minutesAgo(60),
  },
  'fresh, of an old login': { ...fresh, ...token, loginBegunAt: minutesAgo(2 * 24 * 60) },
  'fresh, of an old login and another client': {
    ...fresh,
    ...token,
    clientId: 'other',
    loginBegunAt: minutesAgo(2880),
  },
  'fresh, of another provider': { ...fresh, ...token, issuer: 'https://other.example.org' },
  'fresh, of another client': { ...fresh, ...token, clientId: 'other' },
};

const idOf = (kind: string) => `user-${Object.keys(GRANTS).indexOf(kind)}`;

describe('The status of a grant in SQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase();
    const users = database.dataSource.getRepository(User);
    const grants = database.dataSource.getRepository(ProviderGrant);
    for (const [kind, grant] of Object.entries(GRANTS)) {
      const id = idOf(kind);
      await users.insert({
        ...{ id, mode: null, username: id, foldedName: id, issuer: PROVIDER.endpoint, subject: id },
        ...{ isAdmin: false, isDisabled: false, securityStamp: 's', createdAt: NOW, updatedAt: NOW },
      });
      const origin = { issuer: PROVIDER.endpoint, clientId: PROVIDER.clientId, sealedIdToken: 'sealed' };
      if (grant) await grants.insert({ userId: id, ...origin, version: 1, ...grant });
    }
  });
  afterAll(() => database.close());

  const bySql = async (kind: string, settings: GrantSettings) => {
    const query = database.dataSource.createQueryBuilder(User, 'u').where('u.id = :id', { id: idOf(kind) });
    query.setParameters(grantStatusParameters(settings, NOW));
    const holds = (state: OidcTokenState) => query.clone().andWhere(HAS_STATUS[state]).getExists();
    const states = Object.values(OidcTokenState);
    const answers = await Promise.all(states.map(holds));
    return states.filter((_, index) => answers[index]);
  };

  const byRule = async (kind: string, settings: GrantSettings) => {
    const grant = await database.dataSource.getRepository(ProviderGrant).findOneBy({ userId: idOf(kind) });
    const facts = grant && { ...grant, hasRefreshToken: grant.sealedRefreshToken !== null };
    return grantStatusOf(facts && grantFactsOf(facts, settings), NOW).state;
  };

  it('is the same as by the rule, for a grant of each kind and all settings of the deadlines', async () => {
    const met = new Set<OidcTokenState>();
    for (const settings of SETTINGS) {
      for (const kind of Object.keys(GRANTS)) {
        const state = await byRule(kind, settings);
        met.add(state);
        expect([kind, settings, await bySql(kind, settings)]).toEqual([kind, settings, [state]]);
      }
    }
    expect([...met].sort()).toEqual([FRESH, REFRESHABLE, OUTAGE_GRACE, REAUTHENTICATION_REQUIRED].sort());
  });
});
