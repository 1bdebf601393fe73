import { afterEach, beforeEach, describe } from '@jest/globals';
import { DataSource } from 'typeorm';
import { OidcScenario } from '../support/oidc-scenario.js';
import { tellOfReadOnly } from '../support/read-only.js';

describe('While its SQLite file can not be written, Mooring', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  const refuseWrites = async (isOn: boolean) => {
    await scenario.app.nest.get(DataSource).query(`PRAGMA query_only = ${isOn ? 1 : 0}`);
  };
  tellOfReadOnly(() => ({ scenario, refuseWrites }));
});
