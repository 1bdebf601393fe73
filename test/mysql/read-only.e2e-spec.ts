import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { TestApp } from '../support/app.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { MariaDb } from '../support/mariadb.js';
import { tellOfReadOnly } from '../support/read-only.js';

describe('While its database server is read-only, Mooring', () => {
  let server: MariaDb;
  let scenario: OidcScenario;

  const asRoot = async (...statements: readonly string[]) => {
    const connection = await createConnection(server.url());
    for (const statement of statements) await connection.query(statement);
    await connection.end();
  };
  const refuseWrites = (isOn: boolean) => asRoot(`SET GLOBAL read_only = ${isOn ? 1 : 0}`);

  beforeAll(async () => (server = await MariaDb.prepare()));
  afterAll(() => server.remove());
  beforeEach(async () => {
    await server.start();
    // Root may write all the same.
    await asRoot(
      'DROP DATABASE IF EXISTS mooring',
      'CREATE DATABASE mooring',
      "CREATE OR REPLACE USER mooring@'127.0.0.1'",
      "GRANT ALL ON mooring.* TO mooring@'127.0.0.1'",
    );
    const DATABASE_URL = server.url('mooring').replace('root', 'mooring');
    const app = await TestApp.start({ DATABASE_URL, ENCRYPTION_KEY: randomBytes(32).toString('base64') });
    scenario = await OidcScenario.at(app);
  });
  afterEach(async () => {
    await refuseWrites(false);
    await scenario.close();
  });

  tellOfReadOnly(() => ({ scenario, refuseWrites }));
});
