export { dataSourceOptionsOf } from './data-source-options.js';
export { DatabaseUnusable } from './database.errors.js';
export { openExistingDatabase, placeOf } from './existing-database.js';
export { newerProblemOf, pendingAfter } from './known-migrations.js';
export { openDataSource } from './open-data-source.js';
export { hasDatabaseFile } from './sqlite-file.js';
export { lockForServer } from './server-lock.js';
export { sqliteDriver } from './sqlite-driver.js';
