import { DataSource } from 'typeorm';
import { writeBesideRequests } from '../common/persistence/beside-requests.js';
import { timestampText } from '../common/persistence/stored-timestamp.js';
import { AuditActorKind } from './audit-event.js';
import type { AuditEventRow } from './audit-event.entity.js';
import type { CountedSuccess } from './success-sums.js';

const COLUMNS = `id, happened_at, actor_kind, actor_id, actor_label, event_action,
  target_type, target_id, target_label, outcome, event_count, remote_address, sum_key`;
const VALUES = `(${Array<string>(13).fill('?').join(', ')})`;
const ADD = {
  sqlite: 'ON CONFLICT (sum_key) DO UPDATE SET event_count = event_count + excluded.event_count',
  mysql: 'ON DUPLICATE KEY UPDATE event_count = event_count + VALUES(event_count)',
};

/**
 * Inserts the rows that count these successes, or adds to those that are there, in one statement. A loss of power may undo it.
 *
 * @param labels the names of actors and users
 */
export async function storeSuccesses(
  database: DataSource,
  rows: readonly CountedSuccess[],
  labels: Labels,
): Promise<void> {
  const add = database.options.type === 'better-sqlite3' ? ADD.sqlite : ADD.mysql;
  const sql = `INSERT INTO audit_events (${COLUMNS}) VALUES ${rows.map(() => VALUES).join(', ')} ${add}`;
  await database.query(
    writeBesideRequests(sql),
    rows.flatMap((row) => valuesOf(row, labels)),
  );
}

/** The names of users and service tokens that are there, by their ids. */
export type Labels = ReadonlyMap<string, string>;

/** The row that counts successes. Of a user who is not there any more it has the id, and neither name nor address. */
export function rowOfSuccess(counted: CountedSuccess, labels: Labels): Partial<AuditEventRow> {
  const { actor, user, remoteAddress, ...row } = counted;
  const { kind: actorKind, id: actorId } = actor ?? { kind: AuditActorKind.ANONYMOUS, id: null };
  const nameOf = (id: string | null | undefined) => (id == null ? null : (labels.get(id) ?? null));
  const isGone = user !== null && !labels.has(user.id);
  return {
    ...row,
    ...{ actorKind, actorId, actorLabel: nameOf(actorId) },
    ...{ targetType: user && 'user', targetId: user?.id ?? null, targetLabel: nameOf(user?.id) },
    remoteAddress: isGone ? null : remoteAddress,
  };
}

function valuesOf(counted: CountedSuccess, labels: Labels): unknown[] {
  const row = rowOfSuccess(counted, labels);
  return [
    ...[row.id, timestampText(counted.at), row.actorKind, row.actorId, row.actorLabel, row.action],
    ...[row.targetType, row.targetId, row.targetLabel, row.outcome, row.count, row.remoteAddress, row.sumKey],
  ];
}
