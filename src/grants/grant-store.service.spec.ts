import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AdvancedConsoleLogger } from 'typeorm';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { SYNCED_IN_BACKGROUND } from '../common/persistence/background-sync.js';
import { newId } from '../common/persistence/ids.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { ProviderLogout } from '../provider-logouts/provider-logout.entity.js';
import { User } from '../users/user.entity.js';
import { GrantStore, Lease } from './grant-store.service.js';
import { ProviderGrant } from './provider-grant.entity.js';
import { providerSessionOf, ProviderLogin } from './provider-login.js';

const profile: ProviderLogin['profile'] = {
  issuer: 'https://id.example.com',
  subject: 'sub',
  suggestedUsername: null,
  email: null,
  realName: null,
  groups: ['crew'],
  groupsSource: 'ID_TOKEN',
};
const expiresAt = new Date('2026-01-01T00:00:00.123Z');
const tokens = {
  idToken: 'the-id-token',
  accessToken: 'the-access-token',
  refreshToken: 'the-refresh-token',
  verifiedAt: new Date('2026-01-01T00:00:00.000Z'),
  expiresAt,
  sessionId: 'sid',
  isOffline: false,
};
const login: ProviderLogin = { profile, tokens, clientId: 'mooring', returnTo: '/', begunAt: new Date() };

describe(GrantStore.name, () => {
  let database: TestDatabase;
  let vault: GrantStore;
  const id = newId();

  beforeEach(async () => {
    database = await openDatabase();
    vault = new GrantStore(database.dataSource.getRepository(ProviderGrant), database.installation);
    const times = { createdAt: new Date(), updatedAt: new Date() };
    const flags = { isAdmin: false, isDisabled: false, mode: null };
    const names = { username: 'lin', foldedName: 'lin', securityStamp: newId() };
    await database.dataSource.getRepository(User).insert({ id, ...names, ...flags, ...times });
  });
  afterEach(() => database.close());

  it('keeps the tokens of a login sealed, bound to their user and column', async () => {
    await vault.store(id, login);
    const grant = await vault.of(id);
    expect(JSON.stringify(grant)).not.toMatch(/the-(id|access|refresh)-token/);
    const place = { table: 'provider_grants', column: 'sealed_refresh_token', row: id };
    expect(database.installation.cipher.open(grant!.sealedRefreshToken!, place)).toBe('the-refresh-token');
    expect(grant).toMatchObject({ issuer: profile.issuer, clientId: 'mooring', expiresAt, version: 1 });
  });

  it('counts a version up with every login, and keeps nothing of the tokens before', async () => {
    await vault.store(id, login);
    await vault.store(id, {
      ...login,
      tokens: { ...tokens, accessToken: null, refreshToken: 'the-next-refresh-token' },
    });
    const grant = (await vault.of(id))!;
    expect(grant).toMatchObject({ version: 2, sealedAccessToken: null });
    expect(vault.tokensOf(grant)?.refreshToken).toBe('the-next-refresh-token');
  });

  it('keeps the groups last told where the provider does not tell, and empties them where it tells that there are none', async () => {
    await vault.store(id, login);
    await vault.store(id, { ...login, profile: { ...profile, groups: null, groupsSource: null } });
    expect(await vault.of(id)).toMatchObject({ groupNames: '["crew"]', groupsSource: 'ID_TOKEN' });
    await vault.store(id, { ...login, profile: { ...profile, groups: [] } });
    expect((await vault.of(id))?.groupNames).toBe('[]');
  });

  const renewed = {
    ...{ idToken: 'the-new-id-token', accessToken: null, groups: null, groupsSource: null },
    ...{ verifiedAt: expiresAt, expiresAt: new Date('2026-01-01T01:00:00.000Z') },
  };
  const kept = async () => (await vault.of(id))!;

  describe('under a lease', () => {
    beforeEach(() => vault.store(id, login));

    it('lets one refresh at a time, and the next one once the lease was given back', async () => {
      const leases = await Promise.all([vault.lease(await kept()), vault.lease(await kept())]);
      const [lease, ...others] = leases.filter((one) => one !== null);
      expect(others).toEqual([]);
      await vault.release(lease!);
      expect(await vault.lease(await kept())).not.toBeNull();
    });

    it('lets another one refresh when the lease has run out, and the former holder write nothing more', async () => {
      const lease = (await vault.lease(await kept()))!;
      await database.dataSource.getRepository(ProviderGrant).update({ userId: id }, { leaseUntil: '1' });
      expect(await vault.lease(await kept())).not.toBeNull();
      expect(await vault.keepRefreshToken(lease, 'late')).toBe(false);
      expect(await vault.renew(lease, renewed)).toBe(false);
      expect(await vault.end(lease, 'REFRESH_REJECTED')).toBe(false);
      expect(vault.tokensOf(await kept())?.refreshToken).toBe('the-refresh-token');
    });

    it('keeps a rotated refresh token at once, while the lease goes on', async () => {
      const lease = (await vault.lease(await kept()))!;
      await vault.keepRefreshToken(lease, 'the-rotated-token');
      expect(vault.tokensOf(await kept())?.refreshToken).toBe('the-rotated-token');
      expect(await vault.lease(await kept())).toBeNull();
      await vault.renew(lease, renewed);
      expect(await kept()).toMatchObject({
        version: 2,
        leaseOwner: null,
        groupNames: '["crew"]',
        ...{ expiresAt: renewed.expiresAt },
      });
    });

    it('notes when the groups were told that a refresh or a login does not tell of again, until they are told anew', async () => {
      const toldAt = (await kept()).verifiedAt;
      expect((await kept()).groupsToldAt).toBeNull();
      await vault.renew((await vault.lease(await kept()))!, renewed);
      expect(await kept()).toMatchObject({ groupsToldAt: toldAt, verifiedAt: renewed.verifiedAt });
      await vault.renew((await vault.lease(await kept()))!, renewed);
      await vault.store(id, { ...login, profile: { ...profile, groups: null, groupsSource: null } });
      expect((await kept()).groupsToldAt).toEqual(toldAt);
      await vault.renew((await vault.lease(await kept()))!, { ...renewed, groups: [], groupsSource: 'USERINFO' });
      expect(await kept()).toMatchObject({ groupsToldAt: null, groupNames: '[]', groupsSource: 'USERINFO' });
    });

    it('lets nobody use a refresh token that was read before its successor was kept', async () => {
      const before = await kept();
      const lease = (await vault.lease(before))!;
      await vault.keepRefreshToken(lease, 'the-rotated-token');
      await vault.release(lease);
      expect(await vault.lease(before)).toBeNull();
      expect(await vault.lease(await kept())).not.toBeNull();
    });

    it('gives no lease to a replica that read the grant before another one noted a failure, or another pause', async () => {
      const silence = { failure: 'UNAVAILABLE', at: expiresAt, errorAnswers: 0 } as const;
      const grants = [await kept()];
      for (const retryAt of [new Date('2026-01-01T00:00:01.001Z'), new Date('2026-01-01T00:00:01.002Z')]) {
        await vault.noteFailure((await vault.lease(grants.at(-1)!))!, { ...silence, retryAt }, false);
        grants.push(await kept());
      }
      const leases = [];
      for (const grant of grants) leases.push(await vault.lease(grant));
      expect(leases.map((lease) => lease !== null)).toEqual([false, false, true]);
    });

    it('waits for the disk with what can not be had again: a rotated token, and that a grant has ended', async () => {
      const waits = async (write: () => Promise<unknown>) => {
        const statements: string[] = [];
        const logQuery = (sql: string) => void statements.push(sql);
        database.dataSource.setOptions({ logger: Object.assign(new AdvancedConsoleLogger(), { logQuery }) });
        await write();
        const isRelaxed = (sql: string) =>
          sql.startsWith(`/* ${RELAXED_DURABILITY} */`) && !sql.includes(SYNCED_IN_BACKGROUND);
        return statements.some((sql) => sql.includes('UPDATE') && !isRelaxed(sql));
      };
      const grant = await kept();
      let lease!: Lease;
      expect(await waits(async () => (lease = (await vault.lease(grant))!))).toBe(false);
      expect(await waits(() => vault.keepRefreshToken(lease, 'the-rotated-token'))).toBe(true);
      expect(await waits(() => vault.renew(lease, renewed))).toBe(false);
      lease = (await vault.lease(await kept()))!;
      expect(await waits(() => vault.end(lease, 'REFRESH_REJECTED'))).toBe(true);
    });

    it('gives way to a login that lands meanwhile', async () => {
      const lease = (await vault.lease(await kept()))!;
      await vault.store(id, login);
      expect(await vault.renew(lease, renewed)).toBe(false);
      expect(await vault.lease(await kept())).not.toBeNull();
    });

    it('remembers since when the provider is silent, until it answers', async () => {
      const [first, second] = [new Date('2026-01-01T00:10:00.000Z'), new Date('2026-01-01T00:20:00.000Z')];
      const silence = { failure: 'UNAVAILABLE', retryAt: second, errorAnswers: 0 } as const;
      await vault.noteFailure((await vault.lease(await kept()))!, { ...silence, at: first }, false);
      await vault.noteFailure((await vault.lease(await kept()))!, { ...silence, at: second }, false);
      expect(await kept()).toMatchObject({ failure: 'UNAVAILABLE', failedAt: first, retryAt: second, version: 1 });
      await vault.renew((await vault.lease(await kept()))!, renewed);
      expect(await kept()).toMatchObject({ failure: null, failedAt: null, retryAt: null });
    });
  });

  describe('while the provider answers unclearly', () => {
    const [first, second] = [new Date('2026-01-01T00:10:00.000Z'), new Date('2026-01-01T00:20:00.000Z')];
    const unclear = { at: first, retryAt: second, fromMs: 5, isForeign: false };

    beforeEach(() => vault.store(id, login));

    it('remembers since when, keeps the refresh token, and forgets it with the first proper answer', async () => {
      await vault.noteUnclear((await vault.lease(await kept()))!, unclear);
      await vault.noteUnclear((await vault.lease(await kept()))!, { ...unclear, at: second, fromMs: 9 });
      const grant = await kept();
      expect([Number(grant.unclearFromMs), grant.failedAt, grant.endReason]).toEqual([5, first, null]);
      expect(vault.tokensOf(grant)?.refreshToken).toBe(login.tokens.refreshToken);
      await vault.renew((await vault.lease(grant))!, renewed);
      expect(await kept()).toMatchObject({ unclearFromMs: null, failedAt: null, isForeign: false });
    });

    it('counts anew after a refresh by a replica of an older release, which leaves the count', async () => {
      await vault.noteUnclear((await vault.lease(await kept()))!, unclear);
      await database.dataSource.getRepository(ProviderGrant).update({ userId: id }, { failedAt: null, retryAt: null });
      await vault.noteUnclear((await vault.lease(await kept()))!, { ...unclear, at: second, fromMs: 9 });
      expect([Number((await kept()).unclearFromMs), (await kept()).failedAt]).toEqual([9, second]);
    });

    it('gives no lease to whoever read the grant before its token was found to be another person’s', async () => {
      const before = await kept();
      await vault.noteUnclear((await vault.lease(before))!, { ...unclear, isForeign: true });
      expect(await vault.lease(before)).toBeNull();
      expect(await vault.lease(await kept())).not.toBeNull();
    });

    it('is not about another person for ever: a later answer that is not clears the mark', async () => {
      const lease = (await vault.lease(await kept()))!;
      await vault.keepRefreshToken(lease, 'r2');
      await vault.noteUnclear(lease, unclear);
      expect((await kept()).isForeign).toBe(false);
    });

    it('takes a rotated token for another person’s until the answer is verified', async () => {
      const lease = (await vault.lease(await kept()))!;
      await vault.keepRefreshToken(lease, 'r2');
      expect((await kept()).isForeign).toBe(true);
      await vault.renew(lease, renewed);
      expect((await kept()).isForeign).toBe(false);
    });
  });

  describe('at a login without a refresh token', () => {
    const without = { ...login, tokens: { ...login.tokens, refreshToken: null, isOffline: true } };
    const tokenAfter = async () => {
      await vault.store(id, without);
      return vault.tokensOf(await kept())?.refreshToken ?? null;
    };
    beforeEach(() => vault.store(id, { ...login, tokens: { ...login.tokens, isOffline: true } }));

    it('keeps the stored one of the same client, and that it is offline', async () => {
      expect(await tokenAfter()).toBe(login.tokens.refreshToken);
      expect((await kept()).isOffline).toBe(true);
    });

    it('keeps one that was answered unclearly', async () => {
      const unclear = { at: login.begunAt, retryAt: login.begunAt, fromMs: 0, isForeign: false };
      await vault.noteUnclear((await vault.lease(await kept()))!, unclear);
      expect(await tokenAfter()).toBe(login.tokens.refreshToken);
      expect((await kept()).unclearFromMs).toBeNull();
    });

    it('drops one that may be another person’s', async () => {
      const foreign = { at: login.begunAt, retryAt: login.begunAt, fromMs: 0, isForeign: true };
      await vault.noteUnclear((await vault.lease(await kept()))!, foreign);
      expect(await tokenAfter()).toBeNull();
      expect(await kept()).toMatchObject({ isOffline: false, isForeign: false });
    });

    it('drops one of a grant that had ended', async () => {
      await vault.end((await vault.lease(await kept()))!, 'REFRESH_REJECTED');
      expect(await tokenAfter()).toBeNull();
    });

    it('drops an offline one where the settings no longer ask for one', async () => {
      await vault.store(id, { ...without, tokens: { ...without.tokens, isOffline: false } });
      expect(await kept()).toMatchObject({ sealedRefreshToken: null, isOffline: false });
    });

    it('drops one of another client', async () => {
      await vault.store(id, { ...without, clientId: 'other' });
      expect((await kept()).sealedRefreshToken).toBeNull();
    });
  });

  describe('while a login without a refresh token lands', () => {
    const without = { ...login, tokens: { ...login.tokens, refreshToken: null } };
    let lease: Lease;
    beforeEach(async () => {
      await vault.store(id, login);
      lease = (await vault.lease(await kept()))!;
    });
    const token = async () => vault.tokensOf(await kept())?.refreshToken;

    it('keeps the rotated token that comes after it, as one that may be another person’s until it is verified', async () => {
      await vault.store(id, without);
      expect(await vault.keepRefreshToken(lease, 'r2')).toBe(true);
      expect(await kept()).toMatchObject({ isForeign: true, version: 2 });
      expect(await vault.renew(lease, renewed)).toBe(false);
      await vault.release(lease, false);
      expect([await token(), (await kept()).isForeign]).toEqual(['r2', false]);
      expect(await kept()).toMatchObject({ expiresAt, leaseOwner: null, leaseUntil: null });
    });

    it('keeps the rotated token that came before it, with its mark', async () => {
      await vault.keepRefreshToken(lease, 'r2');
      await vault.store(id, without);
      expect([await token(), (await kept()).isForeign]).toEqual(['r2', true]);
      await vault.release(lease, false);
      expect((await kept()).isForeign).toBe(false);
    });

    it('lets nobody send the token that is being refreshed, until that refresh is over', async () => {
      await vault.store(id, without);
      expect(await vault.lease(await kept())).toBeNull();
      await vault.release(lease);
      expect(await vault.lease(await kept())).not.toBeNull();
    });

    it('writes nothing of the refresh after a login that brought one, or after the end of the grant', async () => {
      await vault.store(id, without);
      await vault.store(id, { ...login, tokens: { ...login.tokens, refreshToken: 'newer' } });
      expect(await vault.keepRefreshToken(lease, 'r2')).toBe(false);
      await vault.release(lease, true);
      expect([await token(), (await kept()).isForeign]).toEqual(['newer', false]);
    });

    it('writes nothing of the refresh once another one has the lease', async () => {
      await vault.store(id, without);
      await database.dataSource.getRepository(ProviderGrant).update({ userId: id }, { leaseUntil: '1' });
      expect(await vault.lease(await kept())).not.toBeNull();
      expect(await vault.keepRefreshToken(lease, 'r2')).toBe(false);
    });

    it.each([
      ['of another client', { ...without, clientId: 'other' }],
      ['whose settings ask for no offline one', { ...without, tokens: { ...without.tokens, isOffline: false } }],
    ])('drops the token and its lease at a login %s', async (_what, other) => {
      await database.dataSource.getRepository(ProviderGrant).update({ userId: id }, { isOffline: true });
      await vault.store(id, other);
      expect(await kept()).toMatchObject({ sealedRefreshToken: null, leaseOwner: null, leaseUntil: null });
      expect(await kept()).toMatchObject({ isForeign: false, isOffline: false });
      expect(await vault.keepRefreshToken(lease, 'r2')).toBe(false);
    });
  });

  it('keeps one grant where two logins of the same person end at the same moment', async () => {
    await Promise.all([vault.store(id, login), vault.store(id, login)]);
    expect(await database.dataSource.getRepository(ProviderGrant).count()).toBe(1);
  });

  describe('once the provider has told of a logout', () => {
    const noted = () =>
      database.dataSource.getRepository(ProviderLogout).insert({
        ...{ id: newId(), person: null, session: providerSessionOf(login).session },
        ...{ receivedAt: new Date(), expiresAt: new Date(Date.now() + 60_000) },
      });

    it('keeps what was there before the login that it ends', async () => {
      const earlier = { ...login, tokens: { ...tokens, sessionId: 'earlier', refreshToken: 'earlier' } };
      await vault.store(id, earlier);
      await noted();
      await vault.store(id, login);
      const grant = (await vault.of(id))!;
      expect([vault.tokensOf(grant)?.refreshToken, grant.endReason, grant.version]).toEqual(['earlier', null, 1]);
    });

    it('ends what a first login brings that was ended meanwhile', async () => {
      await noted();
      await vault.store(id, login);
      expect((await vault.of(id))!.endReason).toBe('PROVIDER_LOGOUT');
    });

    it('lets no refresh that was under way bring the grant back', async () => {
      await vault.store(id, login);
      const lease = (await vault.lease((await vault.of(id))!))!;
      const logout = { id: newId(), person: null, session: providerSessionOf(login).session };
      await vault.endLoggedOut({ ...logout, receivedAt: new Date(), expiresAt: new Date() }, null);
      expect(await vault.keepRefreshToken(lease, 'rotated')).toBe(false);
      expect((await vault.of(id))!.endReason).toBe('PROVIDER_LOGOUT');
    });
  });
});
