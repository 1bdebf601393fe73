import { DataSource } from 'typeorm';
import { besideRequests } from '../common/persistence/beside-requests.js';
import { timestampText } from '../common/persistence/stored-timestamp.js';

/** How many sessions have not expired. It reads a part of an index alone. */
export async function countSessions(database: DataSource, now: Date): Promise<number> {
  const statement = 'SELECT COUNT(*) AS sessions FROM sessions WHERE expires_at > ?';
  const [row] = await database.query<{ sessions: number | string }[]>(besideRequests(statement), [timestampText(now)]);
  return Number(row?.sessions ?? 0);
}
