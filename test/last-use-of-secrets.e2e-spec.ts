import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { AbstractLogger, DataSource } from 'typeorm';
import { TestApp } from './support/app.js';
import { VERIFY } from './support/documents.js';
import { HalfSent } from './support/half-sent.js';
import { OidcScenario } from './support/oidc-scenario.js';

const LOOK_AGAIN_MS = 20;

/** Keeps the statements that contain a text, with their parameters. */
class StatementsWith extends AbstractLogger {
  readonly kept: [sql: string, parameters: unknown[]][] = [];

  constructor(private readonly text: string) {
    super('all');
  }

  protected writeLog(): void {}

  override logQuery(sql: string, parameters: unknown[] = []): void {
    if (sql.includes(this.text)) this.kept.push([sql, parameters]);
  }
}

describe('The last use of a secret', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open({ idTokenSeconds: 300 })));
  afterEach(() => scenario.close());

  /** How the database finds the rows of a statement: the access of SQLite; of MariaDB, which reads tiny tables whole, the keys it could use. */
  const planOf = async (app: TestApp, [sql, parameters]: [string, unknown[]]): Promise<string> => {
    const database = app.nest.get(DataSource);
    const isServer = database.options.type === 'mariadb';
    const rows = await database.query(`EXPLAIN ${isServer ? '' : 'QUERY PLAN '}${sql}`, parameters);
    return isServer
      ? rows.map(({ table, possible_keys: keys }: Record<string, string>) => `${table} by ${keys}`).join('; ')
      : rows.map(({ detail }: Record<string, string>) => detail).join('; ');
  };

  it('is stored by a statement that looks up one row, however many secrets there are', async () => {
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    const replica = await scenario.app.replica();
    const stored = new StatementsWith('UPDATE');
    replica.nest.get(DataSource).setOptions({ logger: stored });
    const { data } = await replica.ask({ bearer: scenario.verifierToken }, VERIFY, { username: 'lin', secret });
    expect(data.verifyCliSecret.status).toBe('VALID');
    await replica.stop({ keepData: true });
    const uses = stored.kept.filter(([sql]) => sql.includes('cli_secrets'));
    expect(uses).toHaveLength(1);
    expect(await planOf(scenario.app, uses[0]!)).toMatch(/SEARCH cli_secrets USING|c by PRIMARY/);
  });

  it('of a service token is stored without a wait for the disk', async () => {
    const replica = await scenario.app.replica();
    const stored = new StatementsWith('UPDATE');
    replica.nest.get(DataSource).setOptions({ logger: stored });
    await replica.ask({ bearer: scenario.verifierToken }, VERIFY, { username: 'lin', secret: 'unknown' });
    await replica.stop({ keepData: true });
    const uses = stored.kept.map(([sql]) => sql).filter((sql) => sql.includes('service_tokens'));
    expect(uses).toEqual([expect.stringMatching(/^\/\* relaxed durability \*\/ /)]);
  });

  it('is stored where the request is answered after the server was told to end; that of the token, too', async () => {
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    const replica = await scenario.app.replica();
    const { url } = replica;
    const body = JSON.stringify({ query: VERIFY, variables: { username: 'lin', secret } });
    const request = await HalfSent.beginAs(url, `Bearer ${scenario.verifierToken}`, body);
    const stopped = replica.stop({ keepData: true });
    while (await fetch(`${url}/health/live`).then(Boolean, () => false)) await pause(LOOK_AGAIN_MS);
    expect(await request.end()).toContain('"status":"VALID"');
    await stopped;
    const uses = ['cli_secrets', 'service_tokens'].map((table) =>
      scenario.app.nest.get(DataSource).query(`SELECT last_used_at AS at FROM ${table}`),
    );
    expect(await Promise.all(uses)).toEqual([[{ at: expect.anything() }], [{ at: expect.anything() }]]);
  });
});
