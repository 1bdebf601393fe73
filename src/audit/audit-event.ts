import type { AuditAction } from './actions/index.js';
import type { AuditChange } from './changes/index.js';
import { DomainError } from '../common/errors/domain-error.js';

/** The actor of an event. */
export enum AuditActorKind {
  ANONYMOUS = 'ANONYMOUS',
  USER = 'USER',
  SERVICE_TOKEN = 'SERVICE_TOKEN',
  PROVIDER = 'PROVIDER',
  SYSTEM = 'SYSTEM',
}

/** The outcome of an event. */
export enum AuditOutcome {
  SUCCEEDED = 'SUCCEEDED',
  REFUSED = 'REFUSED',
  FAILED = 'FAILED',
}

/** The actor of an event, by id; the audit log reads their name. */
export interface AuditActor {
  readonly kind: AuditActorKind;
  readonly id: string | null;
}

/** The target of an event. If it has no label, the audit log reads it. */
export interface AuditTarget {
  readonly type: string;
  readonly id: string | null;
  readonly label?: string;
}

/** An event to be written. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly actor: AuditActor;
  readonly target: AuditTarget | null;
  readonly outcome: AuditOutcome;
  readonly reason: string | null;
  /**
   * What was wrong, beyond the reason, from a fixed vocabulary, or a provider's words in quotation marks; of the latest event,
   * where several are counted.
   */
  readonly detail?: string | null;
  /** Old and new values of what was changed. */
  readonly changes?: readonly AuditChange[];
  /** Events that are counted together have the same one. It is not stored, and must not tell what a stranger typed. */
  readonly sumBy?: string;
  /** Null if no request caused the event. */
  readonly remoteAddress: string | null;
  readonly requestId: string | null;
}

const NO_ANSWER = new Set(['PROVIDER_UNAVAILABLE', 'SERVICE_UNAVAILABLE']);

/** The outcome that an error stands for, and its code as the reason. */
export function outcomeOf(error: unknown): Pick<AuditEntry, 'outcome' | 'reason' | 'detail'> {
  const reason = error instanceof DomainError ? error.code : 'INTERNAL_SERVER_ERROR';
  const isRefusal = error instanceof DomainError && !NO_ANSWER.has(reason);
  const auditedAs = (error as { auditedAs?: string } | null)?.auditedAs;
  const detail = error instanceof DomainError ? error.auditedDetail : undefined;
  const outcome = isRefusal ? AuditOutcome.REFUSED : AuditOutcome.FAILED;
  return { outcome, reason: auditedAs ?? reason, ...(detail !== undefined && { detail }) };
}
