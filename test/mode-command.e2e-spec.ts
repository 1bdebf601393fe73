import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AUDIT, CONFIGURATION, ME } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { OidcScenario } from './support/oidc-scenario.js';

describe('mooring mode reset, beside a running server', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  const reset = async (changes: Record<string, string>, ...args: readonly string[]) => {
    const { dataDir } = scenario.app.environment;
    const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)), ...changes };
    return mooring(['mode', 'reset', ...args], { variables });
  };
  const configuration = async () => (await scenario.app.ask(scenario.app.admin, CONFIGURATION)).data.configuration;

  it('removes all OIDC users, whose sessions and secrets end at once, and the auth mode can be changed again', async () => {
    const [sam, ada] = [await scenario.onboarded('sam'), await scenario.onboarded('ada')];
    const secret = await scenario.secretOf(sam);
    expect((await scenario.verify('sam', secret)).valid).toBe(true);
    expect((await scenario.configure({ authMode: 'DATABASE' })).code).toBe('AUTH_MODE_LOCKED');

    const { code, out, err } = await reset({}, '--yes');
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Removed: 2 OIDC users. The auth mode is OIDC. It can be changed while nobody but the built-in administrator has an account.\n',
    });
    expect(err).toContain('2 of 2 users removed\n');
    expect((await scenario.verify('sam', secret)).valid).toBe(false);
    for (const browser of [sam, ada]) expect((await scenario.app.ask(browser, ME)).data?.me ?? null).toBeNull();
    expect(await configuration()).toMatchObject({ authMode: 'OIDC', authModeLock: null });
    const { data } = await scenario.app.ask(scenario.app.admin, AUDIT, {
      filter: { action: 'auth_mode.reset' },
      first: 5,
    });
    expect(data.auditEvents.edges).toMatchObject([
      { node: { actor: { kind: 'SYSTEM', id: null }, target: null, outcome: 'SUCCEEDED', count: 1 } },
    ]);
    expect((await scenario.configure({ authMode: 'DATABASE' })).code).toBeUndefined();
    expect((await configuration()).authMode).toBe('DATABASE');

    const again = await reset({}, '--yes');
    expect(again).toMatchObject({
      code: 0,
      out: expect.stringContaining('There were no OIDC users. The auth mode is DATABASE.'),
    });
  });

  it('changes the mode itself with --to database, unless the mode is fixed', async () => {
    await scenario.onboarded('sam');
    const fixed = await reset({ FIXED_SETTINGS: JSON.stringify({ authMode: 'OIDC' }) }, '--yes', '--to', 'database');
    expect(fixed).toMatchObject({ code: 1, out: '', err: expect.stringContaining('authMode') });
    expect(await configuration()).toMatchObject({ authMode: 'OIDC', authModeLock: { userCount: 1 } });

    const { code, out } = await reset({}, '--yes', '--to', 'database');
    expect(code).toBe(0);
    expect(out).toContain('Removed: 1 OIDC user. The auth mode is DATABASE.');
    expect((await configuration()).authMode).toBe('DATABASE');
  });

  it('asks first: without a terminal and without --yes nothing changes', async () => {
    const sam = await scenario.onboarded('sam');
    expect(await reset({})).toMatchObject({ code: 64, out: '', err: expect.stringContaining('--yes: is required') });
    expect((await scenario.app.ask(sam, ME)).data.me.username).toBe('sam');
  });
});
