export { clusterInWords } from '../mysql-cluster.js';
export type { Cluster } from '../mysql-cluster.js';
export { BYTEWISE_COLLATIONS, collationFor } from '../mysql-collation.js';
export { grantOf } from '../mysql-rights.js';
export type { InspectedRow, ReadOnlyDatabase } from './read-only-database.js';
export { openReadOnly } from './open-read-only.js';
