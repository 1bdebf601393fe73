import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { newId } from '../common/persistence/ids.js';
import { User } from '../users/user.entity.js';
import { ConsentedTokens } from './consented-tokens.service.js';
import { GrantStore } from './grant-store.service.js';
import { ProviderGrant } from './provider-grant.entity.js';
import { ProviderLogin } from './provider-login.js';

const MONTH_SECONDS = 30 * 86_400;
const begunAt = new Date('2026-01-01T00:00:00.123Z');
const tokens = {
  idToken: 'the-id-token',
  accessToken: 'the-access-token',
  refreshToken: null,
  verifiedAt: new Date('2026-01-01T00:00:01.000Z'),
  expiresAt: new Date('2026-01-01T00:05:00.000Z'),
  sessionId: 'sid',
  isOffline: true,
};
const profile = { issuer: 'https://id.example.com', subject: 'sub', suggestedUsername: null, email: null };
const login: ProviderLogin = {
  profile: { ...profile, realName: null, groups: ['crew'], groupsSource: 'ID_TOKEN' },
  ...{ tokens, clientId: 'mooring', returnTo: '/', begunAt },
};
const round: ProviderLogin = {
  ...login,
  begunAt: new Date('2026-01-01T00:00:02.000Z'),
  tokens: { ...tokens, idToken: 'another-id-token', refreshToken: 'the-refresh-token' },
};
const withTokens = (of: ProviderLogin, changes: Partial<ProviderLogin['tokens']>) => ({
  ...of,
  tokens: { ...of.tokens, ...changes },
});

describe(ConsentedTokens.name, () => {
  let database: TestDatabase;
  let store: GrantStore;
  let consented: ConsentedTokens;
  let clock: FakeClock;
  const id = newId();

  beforeEach(async () => {
    database = await openDatabase();
    clock = new FakeClock();
    const grants = database.dataSource.getRepository(ProviderGrant);
    store = new GrantStore(grants, database.installation);
    consented = new ConsentedTokens(grants, database.installation, clock);
    const times = { createdAt: new Date(), updatedAt: new Date() };
    const flags = { isAdmin: false, isDisabled: false, mode: null };
    const names = { username: 'lin', foldedName: 'lin', securityStamp: newId() };
    await database.dataSource.getRepository(User).insert({ id, ...names, ...flags, ...times });
    await store.store(id, login);
  });
  afterEach(() => database.close());

  const add = (changes: Partial<ProviderLogin> = {}, since = begunAt) =>
    consented.add(id, since, { ...round, ...changes });

  it('adds a refresh token and changes nothing else of the grant', async () => {
    const before = await store.of(id);
    expect(await add()).toBe(true);
    const after = (await store.of(id))!;
    expect(after).toEqual({ ...before, sealedRefreshToken: after.sealedRefreshToken, isOffline: true });
    expect(store.tokensOf(after)).toEqual({ idToken: 'the-id-token', refreshToken: 'the-refresh-token' });
  });

  it('adds nothing twice, and never replaces a refresh token', async () => {
    const both = await Promise.all([add(), add(withTokens(round, { refreshToken: 'another' }))]);
    expect(both.filter(Boolean)).toHaveLength(1);
    await store.store(id, withTokens(login, { refreshToken: 'of-a-login' }));
    expect(await add()).toBe(false);
    expect(store.tokensOf((await store.of(id))!)?.refreshToken).toBe('of-a-login');
  });

  it.each([
    ['another client', { clientId: 'other' }],
    ['another issuer', { profile: { ...login.profile, issuer: 'https://other.example.com' } }],
    ['no refresh token', { tokens: { ...round.tokens, refreshToken: null } }],
  ])('adds nothing of %s', async (_what, changes) => {
    expect(await add(changes)).toBe(false);
    expect((await store.of(id))!.sealedRefreshToken).toBeNull();
  });

  it('adds nothing to a grant that has ended', async () => {
    const lease = await store.lease((await store.of(id))!);
    await store.end(lease!, 'REFRESH_REJECTED');
    expect(await add()).toBe(false);
  });

  it('adds nothing to the grant of another user', async () => {
    expect(await consented.add(newId(), begunAt, round)).toBe(false);
  });

  it.each([
    ['the same session at the provider', 'sid', 'sid', true],
    ['no session that the provider names', null, null, true],
    ['another session', 'other-sid', 'sid', false],
    ['a session, where the round has none', 'sid', null, false],
    ['no session, where the round has one', null, 'sid', false],
  ])('decides about a later login by its session: %s', async (_what, ofLogin, ofRound, isAdded) => {
    await store.store(id, { ...withTokens(login, { sessionId: ofLogin }), begunAt: new Date() });
    expect(await add(withTokens(round, { sessionId: ofRound }))).toBe(isAdded);
  });

  it('adds the token to the grant of the login before the round, whichever session the round has', async () => {
    expect(await add(withTokens(round, { sessionId: 'other-sid' }))).toBe(true);
  });

  it('lets a person be asked once in 30 days, by one of several replicas', async () => {
    const asked = await Promise.all([1, 2, 3].map(() => consented.noteAsked(id, login)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    clock.advance(MONTH_SECONDS - 60);
    expect(await consented.noteAsked(id, login)).toBe(false);
    clock.advance(61);
    expect(await consented.noteAsked(id, login)).toBe(true);
  });

  it('replaces a refresh token that was answered unclearly before the login, unless another login or a refresh came since', async () => {
    await add();
    const answered = { at: begunAt, retryAt: begunAt, fromMs: 0, isForeign: false };
    const lease = (await store.lease((await store.of(id))!))!;
    await store.noteUnclear(lease, answered);
    expect(await consented.isUnclear(id)).toBe(true);
    await store.store(id, login);
    const { version } = (await store.of(id))!;
    expect([await consented.isUnclear(id), await consented.noteAsked(id, login)]).toEqual([false, false]);
    expect(await consented.noteAsked(id, login, true)).toBe(true);
    const running = (await store.lease((await store.of(id))!))!;
    const another = withTokens(round, { refreshToken: 'another' });
    expect(await consented.add(id, begunAt, another, version - 1)).toBe(false);
    expect(await consented.add(id, begunAt, another, version)).toBe(true);
    expect(await store.noteUnclear(running, answered)).toBe(false);
    const grant = (await store.of(id))!;
    expect([store.tokensOf(grant)?.refreshToken, grant.unclearFromMs]).toEqual(['another', null]);
  });

  it('lets nobody be asked for the grant of an earlier login, or for one with a refresh token', async () => {
    expect(await consented.noteAsked(id, { ...login, begunAt: new Date() })).toBe(false);
    await add();
    expect(await consented.noteAsked(id, login)).toBe(false);
  });
});
