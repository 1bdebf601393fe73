/** What the primary process of workers needs of a database, without the drivers of statements. */
export { DatabaseUnusable } from '../database.errors.js';
export { lockForServer, lockForWorker } from '../server-lock.js';
export { hasDatabaseFile } from '../sqlite-file.js';
