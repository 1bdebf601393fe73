import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { readEnvironment } from './src/config/env.js';
import { migrationOptionsOf } from './src/database/data-source-options.js';
import { lockForMigration } from './src/database/migration-lock.js';

const environment = readEnvironment();
// A server's database is prepared under the lock, before any migration makes a table in it.
const { release } = await lockForMigration(environment.database, { seconds: 0, pauseMilliseconds: 1 });
await release();

/** For the TypeORM command line, which `npm run migration:*` calls on the built file. */
export default new DataSource(migrationOptionsOf(environment));
