import { afterEach, beforeEach, describe } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Harbour } from '../support/oidc-scenario.js';
import { tellOfReadOnly } from '../support/read-only.js';

describe('While its SQLite file can not be written, Mooring', () => {
  let harbour: Harbour;
  beforeEach(async () => (harbour = await Harbour.open()));
  afterEach(() => harbour.close());

  const refuseWrites = async (isOn: boolean) => {
    await harbour.app.nest.get(DataSource).query(`PRAGMA query_only = ${isOn ? 1 : 0}`);
  };
  tellOfReadOnly(() => ({ harbour, refuseWrites }));
});
