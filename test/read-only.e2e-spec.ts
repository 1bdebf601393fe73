import { afterEach, beforeEach, describe } from '@jest/globals';
import { DataSource } from 'typeorm';
import { TEST_SERVER } from './support/fresh-database.js';
import { Harbour } from './support/harbour.js';
import { tellOfReadOnly } from './support/read-only.js';

// A server is made read-only in test/mysql, where it is one of its own.
(TEST_SERVER ? describe.skip : describe)('While its SQLite file can not be written, Mooring', () => {
  let harbour: Harbour;
  beforeEach(async () => (harbour = await Harbour.open()));
  afterEach(() => harbour.close());

  const refuseWrites = async (isOn: boolean) => {
    await harbour.app.nest.get(DataSource).query(`PRAGMA query_only = ${isOn ? 1 : 0}`);
  };
  tellOfReadOnly(() => ({ harbour, refuseWrites }));
});
