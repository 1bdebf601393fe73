import type { Principal } from '../access/principal.js';
import type { AuditTarget } from './audit-event.js';
import type { AuditChange } from './changes/index.js';

/**
 * The targets of a handler's calls. The folder that owns the objects declares them beside its model; the audit log knows
 * neither inputs nor payloads.
 */
export interface AuditTargets<Input, Payload> {
  /** By the input or the caller, before the call: what is deleted has a label now, and none afterwards. */
  readonly ofInput?: (input: Input, caller: Principal | null) => AuditTarget | null;
  /** By the payload, after the call; it takes the place of the target by the input. */
  readonly ofPayload?: (payload: Payload) => AuditTarget;
  /** What else the event of a successful call says, from the payload: at most 255 characters. */
  readonly detailOf?: (payload: Payload) => string | null;
  /** What a successful call changed, from the payload. */
  readonly changesOf?: (payload: Payload) => readonly AuditChange[];
}

/** For calls about the caller's own things: the target is the user who calls. */
export const callerTarget: AuditTargets<unknown, unknown> = {
  ofInput: (_input, caller) => (caller?.kind === 'user' ? { type: 'user', id: caller.userId } : null),
};

/** For calls that are about nothing that has a label. */
export const noTarget: AuditTargets<unknown, unknown> = {};
