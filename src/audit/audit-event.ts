import { DomainError } from '../common/errors/domain-error.js';

/** Who did something. */
export enum AuditActorKind {
  ANONYMOUS = 'ANONYMOUS',
  USER = 'USER',
  SERVICE_TOKEN = 'SERVICE_TOKEN',
  PROVIDER = 'PROVIDER',
  SYSTEM = 'SYSTEM',
}

/** How it ended. */
export enum AuditOutcome {
  SUCCEEDED = 'SUCCEEDED',
  REFUSED = 'REFUSED',
  FAILED = 'FAILED',
}

/** Who did something, by id; the audit log looks the name up. */
export interface AuditActor {
  readonly kind: AuditActorKind;
  readonly id: string | null;
}

/** What it was done to. A label that is left out is looked up. */
export interface AuditTarget {
  readonly type: string;
  readonly id: string | null;
  readonly label?: string;
}

/** What is to be written down. */
export interface AuditEntry {
  readonly action: string;
  readonly actor: AuditActor;
  readonly target: AuditTarget | null;
  readonly outcome: AuditOutcome;
  readonly reason: string | null;
  /** Null for what no request caused. */
  readonly remoteAddress: string | null;
  readonly requestId: string | null;
}

const NO_ANSWER = new Set(['PROVIDER_UNAVAILABLE', 'SERVICE_UNAVAILABLE']);

/** How an error ended what it interrupted, and why, in a code. */
export function outcomeOf(error: unknown): Pick<AuditEntry, 'outcome' | 'reason'> {
  const reason = error instanceof DomainError ? error.code : 'INTERNAL_SERVER_ERROR';
  const isRefusal = error instanceof DomainError && !NO_ANSWER.has(reason);
  const auditedAs = (error as { auditedAs?: string } | null)?.auditedAs;
  return { outcome: isRefusal ? AuditOutcome.REFUSED : AuditOutcome.FAILED, reason: auditedAs ?? reason };
}
