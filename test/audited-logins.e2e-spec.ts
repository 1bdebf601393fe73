import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AUDIT, ME, VERIFY } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { OidcScenario } from './support/oidc-scenario.js';

describe('The audit log, of registry logins', () => {
  let scenario: OidcScenario;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    scenario.app.clock.toNextMinute();
  });
  afterEach(() => scenario.close());

  const eventsOf = async (action: string) => {
    const { data } = await scenario.app.ask(scenario.app.admin, AUDIT, { filter: { action }, first: 100 });
    return data.auditEvents.edges.map(({ node }: { node: object }) => node) as object[];
  };
  const verify = async (username: string, secret: string) => {
    const asker = { bearer: scenario.verifierToken };
    return (await scenario.app.ask(asker, VERIFY, { username, secret })).data.verifyCliSecret.status as string;
  };
  const registryLogin = async (username: string, secret: string) => {
    const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
    const answer = await fetch(`${scenario.app.url}/service/token?service=registry`, { headers: { authorization } });
    return answer.status;
  };

  it('names the user of successful ones, counted in one row, and of refused ones', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const { id } = (await scenario.app.ask(lin, ME)).data.me;
    scenario.app.clock.toNextMinute();
    for (let time = 0; time < 3; time++) expect(await verify('lin', secret)).toBe('VALID');
    for (let time = 0; time < 2; time++) expect(await registryLogin('Lin', secret)).toBe(200);
    expect(await verify('LIN', 'wrong-secret')).toBe('MISMATCH');
    expect(await verify('lin', 'wrong-secret-2')).toBe('MISMATCH');
    expect(await registryLogin('lin', 'wrong-secret')).toBe(401);
    expect(await registryLogin('My-password-typed-as-a-name', 'wrong-secret')).toBe(401);
    const target = { type: 'user', id, label: 'lin' };
    expect(await eventsOf('cli_secret.verify')).toMatchObject(
      [
        ...[{ outcome: 'SUCCEEDED', count: 3, target, actor: { kind: 'SERVICE_TOKEN', label: 'registry' } }],
        ...[{ outcome: 'REFUSED', count: 2, target, reason: 'MISMATCH' }],
      ].reverse(),
    );
    expect((await eventsOf('registry.login')).reverse()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ outcome: 'SUCCEEDED', count: 2, target, actor: { kind: 'USER', id, label: 'lin' } }),
        expect.objectContaining({ outcome: 'REFUSED', count: 1, target, reason: 'MISMATCH' }),
        expect.objectContaining({ outcome: 'REFUSED', count: 1, target: null, reason: 'MISMATCH' }),
      ]),
    );
    const stored = await scenario.app.nest.get(DataSource).query('SELECT * FROM audit_events');
    expect(JSON.stringify(stored)).not.toContain('My-password');
  });

  it('adds to a row that is there', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    scenario.app.clock.toNextMinute();
    await registryLogin('lin', secret);
    expect(await eventsOf('registry.login')).toMatchObject([{ count: 1 }]);
    await registryLogin('lin', secret);
    expect(await eventsOf('registry.login')).toMatchObject([{ count: 2 }]);
  });

  it('names nobody who was removed while the logins were counted, and keeps no address of theirs', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const { id } = (await scenario.app.ask(lin, ME)).data.me;
    expect(await registryLogin('lin', secret)).toBe(200);
    const { dataDir } = scenario.app.environment;
    const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) };
    expect((await mooring(['users', 'remove', 'lin', '--yes'], { variables })).code).toBe(0);
    const [event] = await eventsOf('registry.login');
    expect(event).toMatchObject({ outcome: 'SUCCEEDED', target: { id, label: null }, remoteAddress: null });
    expect(event).toMatchObject({ actor: { id, label: null } });
  });
});
