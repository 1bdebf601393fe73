import { afterEach, beforeEach, describe } from '@jest/globals';
import { DataSource } from 'typeorm';
import { TestApp } from '../support/app.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { tellOfReadOnly } from '../support/read-only.js';
import { SmallDisk } from '../support/small-disk.js';

describe('While the disk of its SQLite file is full, Mooring', () => {
  let disk: SmallDisk;
  let scenario: OidcScenario;
  beforeEach(async () => {
    disk = await SmallDisk.mount(16);
    scenario = await OidcScenario.at(await TestApp.start({ DATABASE_URL: `sqlite:${disk.path}/mooring.db` }));
  });
  afterEach(async () => {
    await scenario.close();
    await disk.remove();
  });

  const refuseWrites = async (isOn: boolean) => {
    // The log then has no room that is allocated already.
    await scenario.app.nest.get(DataSource).query('PRAGMA wal_checkpoint(TRUNCATE)');
    await (isOn ? disk.fill() : disk.free());
  };
  tellOfReadOnly(() => ({ scenario, refuseWrites }));
});
