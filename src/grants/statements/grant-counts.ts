import { DataSource } from 'typeorm';
import { besideRequests } from '../../common/persistence/beside-requests.js';

/** How many grants have ended, by how, and how many have not (`ACTIVE`). It reads an index alone, but all of it. */
export async function countGrants(database: DataSource): Promise<Map<string, number>> {
  const rows = await database.query<{ state: string | null; grants: number | string }[]>(
    besideRequests('SELECT end_reason AS state, COUNT(*) AS grants FROM provider_grants GROUP BY end_reason'),
  );
  return new Map(rows.map(({ state, grants }) => [state ?? 'ACTIVE', Number(grants)]));
}
