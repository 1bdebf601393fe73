import { DataSource } from 'typeorm';
import { rowsChangedBy } from '../../common/persistence/conditional-write.js';
import { timestampText } from '../../common/persistence/stored-timestamp.js';

/** How many events a receiver never gets. */
export interface LostEvents {
  readonly receiver: string;
  readonly events: number;
}

/**
 * Deletes events that are older than a moment and should be delivered, but have no number yet, and counts them as lost to every
 * receiver: a number that was never given leaves no gap. Those that have one are for others to delete.
 *
 * @returns what is lost to each receiver; nothing where events are not delivered
 */
export async function removeUnnumbered(database: DataSource, before: Date): Promise<LostEvents[]> {
  const [row] = await database.query<{ firstId: string; numbering: string | null }[]>(
    "SELECT first_id AS firstId, numbering FROM audit_deliveries WHERE name = 'events'",
  );
  if (!row) return [];
  // Their numbers are chosen already, and will be a gap.
  const chosen = JSON.parse(row.numbering ?? '[]') as string[];
  const others = chosen.length === 0 ? '' : ` AND id NOT IN (${chosen.map(() => '?').join(', ')})`;
  const sql = `DELETE FROM audit_events WHERE delivery_number IS NULL AND id > ? AND happened_at < ?${others}`;
  const events = await rowsChangedBy(database, sql, [row.firstId, timestampText(before), ...chosen]);
  if (events === 0) return [];
  await database.query("UPDATE audit_deliveries SET lost = lost + ? WHERE name <> 'events'", [events]);
  const receivers = await database.query<{ name: string }[]>(
    "SELECT name FROM audit_deliveries WHERE name <> 'events'",
  );
  return receivers.map(({ name }) => ({ receiver: name, events }));
}
