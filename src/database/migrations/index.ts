import { FirstTables1790000000000 } from './1790000000000-first-tables.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [FirstTables1790000000000];
