export { changesBetween, changesIn, storedChanges } from './audit-changes.js';
export type { AuditChange } from './audit-changes.js';
