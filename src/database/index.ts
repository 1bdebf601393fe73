export { dataSourceOptionsOf } from './data-source-options.js';
export { DatabaseUnusable } from './database.errors.js';
export { openDataSource } from './open-data-source.js';
