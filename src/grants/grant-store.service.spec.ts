import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AdvancedConsoleLogger } from 'typeorm';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
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
    await vault.store(id, { ...login, tokens: { ...tokens, refreshToken: null } });
    expect(await vault.of(id)).toMatchObject({ version: 2, sealedRefreshToken: null });
  });

  it('keeps the groups last told where the provider does not tell, and empties them where it tells that there are none', async () => {
    await vault.store(id, login);
    await vault.store(id, { ...login, profile: { ...profile, groups: null, groupsSource: null } });
    expect(await vault.of(id)).toMatchObject({ groupNames: '["crew"]', groupsSource: 'ID_TOKEN' });
    await vault.store(id, { ...login, profile: { ...profile, groups: [] } });
    expect((await vault.of(id))?.groupNames).toBe('[]');
  });

  describe('under a lease', () => {
    const renewed = {
      ...{ idToken: 'the-new-id-token', accessToken: null, groups: null, groupsSource: null },
      ...{ verifiedAt: expiresAt, expiresAt: new Date('2026-01-01T01:00:00.000Z') },
    };
    const kept = async () => (await vault.of(id))!;
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

    it('waits for the disk with what can not be had again: a rotated token, and that a grant has ended', async () => {
      const waits = async (write: () => Promise<unknown>) => {
        const statements: string[] = [];
        const logQuery = (sql: string) => void statements.push(sql);
        database.dataSource.setOptions({ logger: Object.assign(new AdvancedConsoleLogger(), { logQuery }) });
        await write();
        return (
          statements.filter((sql) => sql.includes('UPDATE') && !sql.startsWith(`/* ${RELAXED_DURABILITY} */`)).length >
          0
        );
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
      await vault.noteFailure((await vault.lease(await kept()))!, 'UNAVAILABLE', first, second, false);
      await vault.noteFailure((await vault.lease(await kept()))!, 'UNAVAILABLE', second, second, false);
      expect(await kept()).toMatchObject({ failure: 'UNAVAILABLE', failedAt: first, retryAt: second, version: 1 });
      await vault.renew((await vault.lease(await kept()))!, renewed);
      expect(await kept()).toMatchObject({ failure: null, failedAt: null, retryAt: null });
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
