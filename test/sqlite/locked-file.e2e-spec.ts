import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sqliteDriver } from '../../src/database/index.js';
import { GENERATE } from '../support/documents.js';
import { OidcScenario } from '../support/oidc-scenario.js';

const VERIFICATIONS = 50;

describe('A SQLite file that another process writes to', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  it('holds up no verification, and a new secret is made as soon as it is free', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const { database } = scenario.app.environment;
    const other = new (sqliteDriver())((database as { file: string }).file);
    other.exec('BEGIN IMMEDIATE');
    let isMade = false;
    const making = scenario.app.ask(lin, GENERATE).then((answer) => {
      isMade = true;
      return answer;
    });
    for (let round = 0; round < VERIFICATIONS; round++) {
      expect(await scenario.verify('lin', secret)).toMatchObject({ status: 'VALID' });
    }
    expect(isMade).toBe(false);
    other.exec('COMMIT');
    other.close();
    const { data } = await making;
    expect(await scenario.verify('lin', data.generateCliSecret.cliSecret.secret)).toMatchObject({ status: 'VALID' });
    expect(await scenario.verify('lin', secret)).toMatchObject({ status: 'MISMATCH' });
  });
});
