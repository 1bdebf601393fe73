import { FirstTables1790000000000 } from './1790000000000-first-tables.js';
import { Administration1790100000000 } from './1790100000000-administration.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [FirstTables1790000000000, Administration1790100000000];
