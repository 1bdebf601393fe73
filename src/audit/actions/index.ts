export { AUDIT_ACTIONS } from './audit-actions.js';
export type { AuditAction } from './audit-actions.js';
