import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { CONFIGURATION, LOGIN, LOGIN_OPTIONS, ME, UPDATE_CONFIGURATION } from './support/documents.js';

const OIDC = {
  name: 'Example Office',
  endpoint: 'https://id.example.com',
  clientId: 'mooring',
  clientSecret: 'first-client-secret',
};

describe('The configuration', () => {
  let app: TestApp;
  beforeEach(async () => (app = await TestApp.start()));
  afterEach(() => app.stop());

  const read = async () => (await app.ask(app.admin, CONFIGURATION)).data.configuration;
  const update = async (patch: object, revision?: number) =>
    app.ask(app.admin, UPDATE_CONFIGURATION, {
      input: { revision: revision ?? ((await read()).revision as number), patch },
    });
  const inDatabaseMode = () => update({ authMode: 'DATABASE' });

  it('begins in DATABASE mode, with defaults that work once the provider is named', async () => {
    const fresh = await TestApp.start();
    const { data } = await fresh.ask(fresh.admin, CONFIGURATION);
    expect(data.configuration).toEqual({
      revision: 1,
      authMode: 'DATABASE',
      authModeLock: null,
      ...{
        selfRegistration: false,
        oidcPrimary: true,
        sessionIdleMinutes: 60,
        sessionMaximumMinutes: 720,
        auditRetentionDays: 365,
      },
      oidc: {
        ...{ name: null, endpoint: null, clientId: null, clientSecretSet: false, groupsClaim: null, userClaim: null },
        ...{ groupFilter: null, adminGroup: null, autoOnboard: false, logout: false },
        scope: 'openid,profile,email,offline_access',
        verifyCertificate: true,
        caCertificates: null,
        extraRedirectParameters: [],
        redirectUri: `${fresh.url}/c/oidc/callback`,
        postLogoutRedirectUri: `${fresh.url}/c/oidc/logged-out`,
        backchannelLogoutUri: `${fresh.url}/c/oidc/backchannel-logout`,
      },
    });
    await fresh.stop();
  });

  it('switches to OIDC mode with the settings in one change, in force at once, and back', async () => {
    const { data } = await update({ authMode: 'OIDC', oidc: OIDC });
    expect(data.updateConfiguration.configuration).toMatchObject({ authMode: 'OIDC', oidc: { clientSecretSet: true } });
    const options = (await app.ask(undefined, LOGIN_OPTIONS, { returnTo: '/profile' })).data.loginOptions;
    expect(options.oidcProvider).toEqual({
      name: 'Example Office',
      loginUrl: `${app.url}/c/oidc/login?redirect_url=%2Fprofile`,
    });

    const stranger = await app.ask(undefined, LOGIN, { input: { username: 'lin', password: 'Anything-1' } });
    expect(stranger.errors[0]?.extensions).toMatchObject({
      code: 'USE_OIDC_LOGIN',
      loginUrl: `${app.url}/c/oidc/login`,
    });
    expect((await app.ask(app.admin, ME)).data.me.username).toBe('admin');

    await inDatabaseMode();
    expect((await app.ask(undefined, LOGIN_OPTIONS)).data.loginOptions).toEqual({
      authMode: 'DATABASE',
      oidcProvider: null,
      ...{ oidcPrimary: false, selfRegistration: false },
    });
  });

  it('survives a restart, the client secret sealed in the file', async () => {
    const first = await TestApp.start();
    const patch = { authMode: 'OIDC', oidc: OIDC };
    await first.ask(first.admin, UPDATE_CONFIGURATION, { input: { revision: 1, patch } });
    await first.stop({ keepData: true });
    const second = await TestApp.start({ DATA_DIR: first.environment.dataDir, ADMIN_PASSWORD: 'Another-password-1' });
    const asker = first.admin;
    const { data } = await second.ask(asker, CONFIGURATION);
    expect(data.configuration).toMatchObject({ revision: 2, authMode: 'OIDC', oidc: { clientSecretSet: true } });
    expect(JSON.stringify(data)).not.toContain(OIDC.clientSecret);
    await second.stop();
  });

  it('refuses OIDC mode while something that it needs is missing, and says what', async () => {
    const fresh = await TestApp.start();
    const patch = { authMode: 'OIDC', oidc: { endpoint: OIDC.endpoint } };
    const answer = await fresh.ask(fresh.admin, UPDATE_CONFIGURATION, { input: { revision: 1, patch } });
    expect(answer.errors[0]?.extensions).toEqual({
      code: 'OIDC_NOT_CONFIGURED',
      missing: ['oidc.clientId', 'oidc.clientSecret'],
    });
    expect((await fresh.ask(fresh.admin, CONFIGURATION)).data.configuration.revision).toBe(1);
    await fresh.stop();
  });

  it('tells the loser of two changes at once which revision to load', async () => {
    const { revision } = await read();
    const both = await Promise.all([
      update({ oidc: { name: 'one' } }, revision),
      update({ oidc: { name: 'two' } }, revision),
    ]);
    const losers = both.filter(({ code }) => code === 'CONFLICT');
    expect(losers).toHaveLength(1);
    expect(losers[0]?.errors[0]?.extensions.revision).toBe(revision + 1);
  });

  it.each([
    ['an endpoint without https', { endpoint: 'http://id.example.com' }, 'endpoint'],
    ['an endpoint that is no URL', { endpoint: 'id.example.com' }, 'endpoint'],
    ['an endpoint with credentials', { endpoint: 'https://me:pass@id.example.com' }, 'endpoint'],
    ['a scope without openid', { scope: 'profile' }, 'scope'],
    ['a cleared scope', { scope: null }, 'scope'],
    ['a cleared client secret', { clientSecret: null }, 'clientSecret'],
    ['a cleared certificate check', { verifyCertificate: null }, 'verifyCertificate'],
    ['certificates that are none', { caCertificates: 'not pem' }, 'caCertificates'],
    [
      'a parameter of the protocol itself',
      { extraRedirectParameters: [{ name: 'state', value: 'x' }] },
      'extraRedirectParameters',
    ],
    ['a blank name', { name: '  ' }, 'name'],
    ['control characters', { clientId: 'moo\u0000ring' }, 'clientId'],
  ])('refuses %s and changes nothing', async (_what, oidc, field) => {
    const before = await read();
    const answer = await update({ oidc });
    expect(answer.code).toBe('BAD_USER_INPUT');
    const [problem] = answer.errors[0]?.extensions.fields as { path: string[] }[];
    expect(problem?.path).toEqual(['input', 'patch', 'oidc', field]);
    expect(await read()).toEqual(before);
  });

  it('names every field that could not work, not only the first', async () => {
    const answer = await update({ oidc: { endpoint: 'nowhere', scope: 'profile', name: '' } });
    const fields = answer.errors[0]?.extensions.fields as { path: string[] }[];
    expect(fields.map(({ path }) => path.at(-1)).sort()).toEqual(['endpoint', 'name', 'scope']);
  });

  it('refuses to clear the auth mode', async () => {
    expect((await update({ authMode: null })).code).toBe('BAD_USER_INPUT');
  });

  it('sends a stored client secret to no other endpoint: a changed one needs it again', async () => {
    await update({ oidc: OIDC });
    const moved = { endpoint: 'https://evil.example.com' };
    const answer = await update({ oidc: moved });
    expect(answer.errors[0]?.extensions.fields).toEqual([
      expect.objectContaining({ path: ['input', 'patch', 'oidc', 'clientSecret'], code: 'REQUIRED' }),
    ]);
    expect((await update({ oidc: { ...moved, clientSecret: 'second-client-secret' } })).errors).toEqual([]);
  });

  it('clears what can be cleared, and leaves alone what is not named', async () => {
    await update({ oidc: { name: 'Named', userClaim: 'email' } });
    await update({ oidc: { name: null } });
    expect((await read()).oidc).toMatchObject({ name: null, userClaim: 'email' });
  });

  it('is for administrators', async () => {
    expect((await app.ask(undefined, CONFIGURATION)).code).toBe('UNAUTHENTICATED');
  });
});
