import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { newId } from '../common/ids.js';
import { User } from '../users/user.entity.js';
import { GrantVault } from './grant-vault.service.js';
import { ProviderGrant } from './provider-grant.entity.js';
import type { VouchedLogin } from './vouched-login.js';

const profile: VouchedLogin['profile'] = {
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
  expiresAt,
};
const login: VouchedLogin = { profile, tokens, clientId: 'mooring', returnTo: '/' };

describe(GrantVault.name, () => {
  let database: TestDatabase;
  let vault: GrantVault;
  const id = newId();

  beforeEach(async () => {
    database = await openDatabase();
    vault = new GrantVault(database.dataSource.getRepository(ProviderGrant), database.installation);
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

  it('keeps one grant where two logins of the same person end at the same moment', async () => {
    await Promise.all([vault.store(id, login), vault.store(id, login)]);
    expect(await database.dataSource.getRepository(ProviderGrant).count()).toBe(1);
  });
});
