import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AUDIT, ME } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { OidcScenario } from './support/oidc-scenario.js';

const BUILT_IN = { username: 'admin', kind: 'BUILT_IN', issuer: null, subject: null, isDisabled: false, isAdmin: true };

describe('mooring users, beside a running server', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  const users = async (...args: readonly string[]) => {
    const { dataDir } = scenario.app.environment;
    const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) };
    return mooring(['users', ...args], { variables });
  };
  const events = async () => {
    const { data } = await scenario.app.ask(scenario.app.admin, AUDIT, { first: 5 });
    return data.auditEvents.edges.map(({ node }: { node: object }) => node);
  };

  it('list shows everybody by name, as a table and as JSON', async () => {
    await scenario.onboarded('sam');
    await scenario.onboarded('ada', 'Ångström');
    const { code, out } = await users('list');
    const [heading, ...rows] = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(heading).toMatch(/^NAME +KIND +STATE +ROLE +CREATED +LAST LOGIN +SUBJECT +ISSUER$/);
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
    expect(rows).toEqual([
      expect.stringMatching(new RegExp(`^admin +BUILT_IN +active +administrator +${time} +- +- +-$`)),
      expect.stringMatching(
        new RegExp(`^sam +OIDC +active +user +${time} +${time} +sub-sam +${scenario.provider.issuer}$`),
      ),
      expect.stringMatching(/^Ångström +OIDC +active +user .* sub-ada /),
    ]);
    const { issuer } = scenario.provider;
    const listed = JSON.parse((await users('list', '--json')).out);
    expect(listed).toMatchObject([
      { ...BUILT_IN, createdAt: expect.stringContaining('T'), lastLoginAt: null },
      { username: 'sam', kind: 'OIDC', issuer, subject: 'sub-sam', isDisabled: false, isAdmin: false },
      { username: 'Ångström', subject: 'sub-ada', lastLoginAt: expect.stringContaining('T') },
    ]);
  });

  it('disable ends sessions and the CLI secret at once, and enable lets the person log in again', async () => {
    const browser = await scenario.onboarded('sam');
    const secret = await scenario.secretOf(browser);
    expect((await scenario.verify('sam', secret)).valid).toBe(true);

    const disabled = await users('disable', 'SAM');
    expect(disabled).toMatchObject({ code: 0, out: expect.stringContaining('"sam" is disabled.') });
    expect((await scenario.verify('sam', secret)).valid).toBe(false);
    expect((await scenario.app.ask(browser, ME)).data?.me ?? null).toBeNull();
    expect(JSON.parse((await users('list', '--json')).out)[1]).toMatchObject({ username: 'sam', isDisabled: true });
    expect(await events()).toContainEqual(
      expect.objectContaining({
        action: 'user.set_disabled',
        outcome: 'SUCCEEDED',
        actor: { kind: 'SYSTEM', id: null, label: null },
        target: { type: 'user', id: expect.any(String), label: 'sam' },
      }),
    );

    expect(await users('enable', 'sam')).toMatchObject({ code: 0, out: expect.stringContaining('"sam" is enabled.') });
    expect((await scenario.verify('sam', secret)).valid).toBe(true);
    await scenario.login(browser, 'sam');
    expect((await scenario.app.ask(browser, ME)).data.me.username).toBe('sam');
  });

  it('refuses an unknown name and the built-in administrator, and changes nothing', async () => {
    const before = await users('list', '--json');
    for (const command of ['disable', 'enable']) {
      const { code, out, err } = await users(command, 'nobody');
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain('There is no user "nobody". To see all users, run: mooring users list\n');
    }
    const { code, err } = await users('disable', 'admin');
    expect(code).toBe(1);
    expect(err).toContain('The built-in administrator cannot be disabled.\n');
    expect((await users('list', '--json')).out).toBe(before.out);
  });
});
