export { AuditActorKind, AuditOutcome, outcomeOf } from './audit-event.js';
export type { AuditEntry } from './audit-event.js';
export type { AuditLabelSource } from './audit-labels.js';
export { callerTarget, noTarget } from './audit-targets.js';
export type { AuditTargets } from './audit-targets.js';
export { actorOf } from './audit.interceptor.js';
export { AuditService } from './audit.service.js';
export { AuditedMutation } from './audited-mutation.decorator.js';
export { RefusalAudit } from './refusal-audit.service.js';
