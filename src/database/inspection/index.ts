export { grantOf } from '../mysql-rights.js';
export type { InspectedRow, ReadOnlyDatabase } from './read-only-database.js';
export { openReadOnly } from './open-read-only.js';
