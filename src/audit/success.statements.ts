import { DataSource } from 'typeorm';
import { writeBesideRequests } from '../common/persistence/beside-requests.js';
import { timestampText } from '../common/persistence/stored-timestamp.js';
import { AuditActorKind } from './audit-event.js';
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
 * @param labels the names of actors by their ids
 */
export async function storeSuccesses(
  database: DataSource,
  rows: readonly CountedSuccess[],
  labels: ReadonlyMap<string, string | null>,
): Promise<void> {
  const add = database.options.type === 'better-sqlite3' ? ADD.sqlite : ADD.mysql;
  const sql = `INSERT INTO audit_events (${COLUMNS}) VALUES ${rows.map(() => VALUES).join(', ')} ${add}`;
  await database.query(
    writeBesideRequests(sql),
    rows.flatMap((row) => valuesOf(row, labels)),
  );
}

function valuesOf(row: CountedSuccess, labels: ReadonlyMap<string, string | null>): unknown[] {
  const { id, at, actor, user, action, outcome, count, remoteAddress, sumKey } = row;
  const { kind, id: actorId } = actor ?? { kind: AuditActorKind.ANONYMOUS, id: null };
  const label = actorId === null ? null : actorId === user?.id ? user.username : (labels.get(actorId) ?? null);
  const target = user ? ['user', user.id, user.username] : [null, null, null];
  return [id, timestampText(at), kind, actorId, label, action, ...target, outcome, count, remoteAddress, sumKey];
}
