import { parseTimestamp, StoredTimestamp } from '../../common/persistence/stored-timestamp.js';
import { AuditChange, changesIn } from '../changes/index.js';

/** An event as receivers get it. */
export interface DeliveredEvent {
  /** Grows by one from event to event. */
  readonly number: number;
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly label: string | null };
  readonly target: { readonly type: string; readonly id: string | null; readonly label: string | null } | null;
  readonly outcome: string;
  readonly count: number;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly changes: readonly AuditChange[];
  readonly remoteAddress: string | null;
  readonly requestId: string | null;
}

type Text = string | null;

/** A row of {@link DELIVERED_COLUMNS}. */
export interface DeliveredRow {
  readonly number: number | string;
  readonly id: string;
  readonly at: StoredTimestamp;
  readonly action: string;
  readonly actorKind: string;
  readonly actorId: Text;
  readonly actorLabel: Text;
  readonly targetType: Text;
  readonly targetId: Text;
  readonly targetLabel: Text;
  readonly outcome: string;
  readonly times: number;
  readonly reason: Text;
  readonly detail: Text;
  readonly changes: Text;
  readonly remoteAddress: Text;
  readonly requestId: Text;
}

/** What is read of an event that is delivered. */
export const DELIVERED_COLUMNS = `delivery_number AS number, id, happened_at AS at, event_action AS action,
  actor_kind AS actorKind, actor_id AS actorId, actor_label AS actorLabel,
  target_type AS targetType, target_id AS targetId, target_label AS targetLabel,
  outcome, event_count AS times, reason, detail, field_changes AS changes,
  remote_address AS remoteAddress, request_id AS requestId`;

/** The event of a row. */
export function deliveredEventOf(row: DeliveredRow): DeliveredEvent {
  const { id, action, outcome, reason, detail, remoteAddress, requestId } = row;
  const { targetType: type, targetId, targetLabel } = row;
  return {
    ...{ number: Number(row.number), id, at: parseTimestamp(row.at).toISOString(), action },
    actor: { kind: row.actorKind, id: row.actorId, label: row.actorLabel },
    target: type === null ? null : { type, id: targetId, label: targetLabel },
    ...{ outcome, count: Number(row.times), reason, detail, changes: changesIn(row.changes), remoteAddress, requestId },
  };
}
