import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import { Keycloak } from './keycloak.js';
import { KeycloakChanges, KeycloakScenario } from './keycloak-scenario.js';

describe('Logins by Keycloak', () => {
  let keycloak: Keycloak;
  let scenario: KeycloakScenario;
  beforeAll(async () => (keycloak = await Keycloak.start()));
  afterEach(() => scenario.close());
  afterAll(() => keycloak.stop());

  const open = async (changes?: KeycloakChanges) => (scenario = await KeycloakScenario.open(keycloak, changes));

  it('pass every check of Test OIDC Server that needs no login', async () => {
    await open();
    const checks = await scenario.test();
    const statusOf = Object.fromEntries(Object.entries(checks).map(([name, { status }]) => [name, status]));
    expect(statusOf).toEqual({
      ...{ REACHABLE: 'PASSED', TLS: 'SKIPPED', DISCOVERY_DOCUMENT: 'PASSED', ISSUER_MATCH: 'PASSED' },
      ...{ AUTHORIZATION_CODE_FLOW: 'PASSED', PKCE: 'PASSED', SIGNING_KEYS: 'PASSED', SCOPES: 'PASSED' },
      ...{ REFRESH_TOKENS: 'SKIPPED', GROUPS_CLAIM: 'SKIPPED', USER_CLAIM: 'SKIPPED', REGISTRY_CLIENTS: 'SKIPPED' },
      ...{ CLIENT_CREDENTIALS: 'PASSED', REDIRECT_URI: 'PASSED' },
      ...{ USERINFO: 'PASSED', CLOCK: 'SKIPPED', LOGOUT: 'PASSED' },
    });
  });

  it('are told by Test of a wrong redirect URI, an unknown scope and a wrong secret', async () => {
    await open({ client: { redirectUris: ['https://old.example.com/c/oidc/callback'] } });
    const { REDIRECT_URI, CLIENT_CREDENTIALS } = await scenario.test();
    expect([REDIRECT_URI?.status, CLIENT_CREDENTIALS?.status]).toEqual(['FAILED', 'PASSED']);
    expect(`${REDIRECT_URI?.detail} ${REDIRECT_URI?.remedy}`).toContain(`${scenario.app.url}/c/oidc/callback`);
    await scenario.realm.changeClient({ redirectUris: [`${scenario.app.url}/c/oidc/callback`] });
    const scope = await scenario.test({ scope: 'openid,profile,squads' });
    expect(scope.SCOPES).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('squads') });
    const secret = await scenario.test({ clientSecret: 'another' });
    expect(secret.CLIENT_CREDENTIALS?.status).toBe('FAILED');
  });

  it('are shown by a test login as Mooring would see them, with settings that are not saved, and nobody is stored', async () => {
    await open();
    const admin = await scenario.app.loggedIn('admin', scenario.app.adminPassword);
    const { state, problem, tokens, preview } = await scenario.testLogin(admin, 'lin', { adminGroups: ['crew'] });
    expect([state, problem, tokens]).toEqual(['SUCCEEDED', null, 'REVOKED']);
    expect(preview).toMatchObject({
      ...{ issuer: scenario.realm.issuer, username: 'lin', repositoryName: 'lin', account: null, notes: [] },
      ...{ email: 'lin@example.com', realName: 'lin Example', isAdmin: true, mayLogIn: true, hasRefreshToken: true },
    });
    expect([...preview.groups].sort()).toEqual(['crew', 'pilots']);
    expect((await scenario.me(admin)).username).toBe('admin');
    expect((await scenario.login(new Browser(), 'lin')).url.pathname).toBe('/onboarding');
  });

  it('lead to onboarding once, to the profile from then on, and to a CLI secret that is valid', async () => {
    await open();
    const lin = await scenario.onboarded('lin');
    expect(await scenario.me(lin)).toMatchObject({
      ...{ username: 'lin', email: 'lin@example.com', realName: 'lin Example' },
      oidcIdentity: { issuer: scenario.realm.issuer, tokenState: 'FRESH' },
    });
    const secret = await scenario.secretOf(lin);
    expect(await scenario.verify('lin', secret)).toMatchObject({ status: 'VALID', principal: { username: 'lin' } });
    const again = new Browser();
    expect((await scenario.login(again, 'lin')).url.pathname).toBe('/profile');
    expect((await scenario.me(again)).id).toBe((await scenario.me(lin)).id);
  });

  it.each([
    [false, ['crew', 'pilots']],
    [true, ['/crew', '/crew/pilots']],
  ])('bring groups, with full paths: %s', async (fullPaths, names) => {
    await open({ fullPaths, oidc: { adminGroups: [names[1]] } });
    const { groups, isAdmin } = await scenario.me(await scenario.onboarded('lin'));
    expect([groups.map(({ name }: { name: string }) => name).sort(), isAdmin]).toEqual([names, true]);
    expect((await scenario.me(await scenario.onboarded('sam'))).isAdmin).toBe(false);
  });

  it.each(['RS256', 'ES256', 'PS256', 'EdDSA'])('have ID tokens by %s', async (algorithm) => {
    await open({ attributes: { 'id.token.signed.response.alg': algorithm } });
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    expect((await scenario.verifyExpired('lin', secret)).status).toBe('VALID');
    expect(await scenario.realm.count('REFRESH_TOKEN')).toBe(1);
  });

  it('read userinfo that is signed', async () => {
    await open({
      attributes: { 'user.info.response.signature.alg': 'RS256' },
      groupsIn: 'userinfo.token',
    });
    const { groups } = await scenario.me(await scenario.onboarded('lin'));
    expect(groups.map(({ name }: { name: string }) => name).sort()).toEqual(['crew', 'pilots']);
  });

  it('authenticate by private_key_jwt with the keys that Keycloak reads here', async () => {
    await open({ oidc: { clientAuthentication: 'private_key_jwt' } });
    await scenario.realm.changeClient({
      clientAuthenticatorType: 'client-jwt',
      attributes: { 'use.jwks.url': 'true', 'jwks.url': `${scenario.app.url}/oidc/client-jwks.json` },
    });
    expect((await scenario.test()).CLIENT_CREDENTIALS).toMatchObject({ status: 'PASSED' });
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    expect((await scenario.verifyExpired('lin', secret)).status).toBe('VALID');
    expect(await scenario.realm.count('REFRESH_TOKEN')).toBe(1);
  });

  it('are pushed where the client has to push them (RFC 9126), which Keycloak does not announce: by the setting', async () => {
    await open({ attributes: { 'require.pushed.authorization.requests': 'true' } });
    const refused = await scenario.toProvider(new Browser());
    expect(refused.text).not.toContain('kc-form-login');
    await scenario.app.configure({ oidc: { pushedAuthorizationRequests: 'always' } });
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    expect((await scenario.verifyExpired('lin', secret)).status).toBe('VALID');
  });

  it('go on after the keys were rotated', async () => {
    await open();
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    await scenario.realm.rotateKeys();
    expect((await scenario.verifyExpired('lin', secret)).status).toBe('VALID');
    expect((await scenario.login(new Browser(), 'lin')).url.pathname).toBe('/profile');
  });
});
