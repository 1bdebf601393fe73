import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { besideRequests } from '../src/common/persistence/beside-requests.js';
import { USERS } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

/** With SQLite it holds the reading thread for seconds, much longer than a verification takes; MariaDB stops after 1,000 steps. */
const LONG = besideRequests(
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000) SELECT COUNT(*) AS total FROM n',
);

describe('A verification', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  it('is answered while a long question of an administrator is under way, and others wait behind that', async () => {
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    const database = scenario.app.nest.get(DataSource);
    const settled: string[] = [];
    const held = database.query(LONG).then(
      () => settled.push('held'),
      () => settled.push('held'),
    );
    const question = scenario.app.ask(scenario.app.admin, USERS, { filter: { search: 'lin' } });
    const asked = question.finally(() => settled.push('question'));
    expect(await scenario.verify('lin', secret)).toMatchObject({ status: 'VALID' });
    // A database server answers other questions meanwhile.
    if (database.options.type === 'better-sqlite3') expect(settled).toEqual([]);
    await Promise.all([held, asked]);
  });
});
