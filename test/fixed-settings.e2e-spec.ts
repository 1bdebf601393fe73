import { afterEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { CREATE_USER } from './support/documents.js';

const READ = `query Read { configuration {
  authMode authModeLock { reason userCount } sessionIdleMinutes readOnlySettings { name reason } oidc { name endpoint clientId clientSecretSet groupsClaim } } }`;
const OIDC = { endpoint: 'https://id.example.org', clientId: 'mooring', clientSecret: 'fixed-client-secret' };

describe('Settings that are fixed from outside', () => {
  const apps: TestApp[] = [];
  const start = async (fixed: object | undefined, changes: Record<string, string> = {}) => {
    const app = await TestApp.start({ ...(fixed && { FIXED_SETTINGS: JSON.stringify(fixed) }), ...changes });
    apps.push(app);
    return app;
  };
  const again = async (app: TestApp, fixed: object | undefined) => {
    apps.splice(apps.indexOf(app), 1);
    await app.stop({ keepData: true });
    return start(fixed, { DATA_DIR: app.environment.dataDir, ADMIN_PASSWORD: app.adminPassword });
  };
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.stop();
  });
  const read = async (app: TestApp) => (await app.ask(app.admin, READ)).data.configuration;

  it('are in force from the start and listed with a reason, the auth mode among them', async () => {
    const app = await start({ authMode: 'OIDC', sessionIdleMinutes: 30, oidc: OIDC });
    const configuration = await read(app);
    expect(configuration).toMatchObject({
      ...{ authMode: 'OIDC', authModeLock: { reason: 'READ_ONLY', userCount: 0 }, sessionIdleMinutes: 30 },
      oidc: { endpoint: OIDC.endpoint, clientId: 'mooring', clientSecretSet: true },
    });
    expect(configuration.readOnlySettings.map(({ name }: { name: string }) => name)).toEqual([
      ...['authMode', 'sessionIdleMinutes', 'oidc.endpoint', 'oidc.clientId', 'oidc.clientSecret'],
      // The endpoint says where it is.
      'oidc.discoveryUrl',
    ]);
    expect(configuration.readOnlySettings[0].reason).toContain('FIXED_SETTINGS');
  });

  it('can’t be changed, while all others can', async () => {
    const app = await start({ authMode: 'OIDC', oidc: { ...OIDC, groupsClaim: 'groups' } });
    const refused = await app.configure({ authMode: 'DATABASE', oidc: { groupsClaim: 'roles', name: 'Office' } });
    expect(refused.errors[0]?.extensions).toEqual({
      code: 'SETTING_READ_ONLY',
      settings: ['authMode', 'oidc.groupsClaim'],
      variable: 'FIXED_SETTINGS',
    });
    expect((await app.configure({ oidc: { endpoint: 'https://evil.example.org', clientSecret: 'x' } })).code).toBe(
      'SETTING_READ_ONLY',
    );
    expect((await app.configure({ sessionIdleMinutes: 20, oidc: { name: 'Office' } })).code).toBeUndefined();
    expect(await read(app)).toMatchObject({ sessionIdleMinutes: 20, oidc: { name: 'Office', groupsClaim: 'groups' } });
  });

  it('leave what is stored beneath them alone, which counts again once they are fixed no longer', async () => {
    const first = await start(undefined);
    await first.configure({ sessionIdleMinutes: 20, oidc: { groupsClaim: 'stored' } });
    const second = await again(first, { sessionIdleMinutes: 30, oidc: { groupsClaim: 'fixed' } });
    await second.configure({ oidc: { name: 'Office' } });
    expect(await read(second)).toMatchObject({
      sessionIdleMinutes: 30,
      oidc: { name: 'Office', groupsClaim: 'fixed' },
    });
    const third = await again(second, undefined);
    expect(await read(third)).toMatchObject({
      ...{ sessionIdleMinutes: 20, readOnlySettings: [], authModeLock: null },
      oidc: { name: 'Office', groupsClaim: 'stored' },
    });
  });

  it('keep the server from starting where users of the other auth mode exist', async () => {
    const app = await start(undefined);
    const input = { username: 'lin', password: 'First-password-1', email: 'lin@example.org' };
    await app.ask(app.admin, CREATE_USER, { input });
    await expect(again(app, { authMode: 'OIDC', oidc: OIDC })).rejects.toThrow(/FIXED_SETTINGS authMode .* exist/);
    await expect(start({ authMode: 'OIDC' })).rejects.toThrow(/oidc\.endpoint, oidc\.clientId, oidc\.clientSecret/);
  });
});
