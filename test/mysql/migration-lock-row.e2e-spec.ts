import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Connection, createConnection } from 'mysql2/promise';
import { MysqlAddress } from '../../src/config/database-address.js';
import { Environment } from '../../src/config/env.js';
import { mysqlConnectionOf } from '../../src/database/data-source-options.js';
import { MigrationLockRow } from '../../src/database/migration-lock-row.js';
import { connect, removeData, temporaryEnvironment } from '../support/database.js';

const LARGEST = '9223372036854775807';

describe('The row of the migration lock', () => {
  let environment: Environment;
  let connection: Connection;

  beforeEach(async () => {
    environment = await temporaryEnvironment();
    await (await connect(environment)).destroy();
    connection = await createConnection(mysqlConnectionOf(environment.database as MysqlAddress));
  });
  afterEach(async () => {
    connection.destroy();
    await removeData(environment);
  });

  it('is taken and shown to be alive whatever count was left in it', async () => {
    await connection.query(`UPDATE migration_lock SET beats = ${LARGEST}`);
    const lock = await MigrationLockRow.take(connection, () => undefined);
    await expect(lock.demand()).resolves.toBeUndefined();
    await lock.release();
  });
});
