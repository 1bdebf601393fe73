import type { MysqlAddress } from '../../config/database-address.js';
import { makeCausal, undoCausal } from '../mysql-cluster.js';
import { firstConnection } from '../mysql-first-connection.js';
import { lackedRights } from '../mysql-rights.js';
import type { ReadOnlyDatabase } from './read-only-database.js';

const AT_ONCE = { seconds: 0, pauseMilliseconds: 0 };
const STATEMENT_MS = 5_000;

/**
 * One connection to a server, whose transactions are read-only.
 *
 * @throws {DatabaseUnusable} if it does not answer, or refuses the connection
 */
export async function readOnlyMysql(address: MysqlAddress): Promise<ReadOnlyDatabase> {
  const connection = await firstConnection(address, AT_ONCE);
  // Else the loss of an idle connection would end the process; the next statement reports it.
  connection.on('error', () => undefined);
  await connection.query('SET SESSION TRANSACTION READ ONLY');
  await connection.query("SET SESSION time_zone = '+00:00'");
  const run = async (sql: string) => (await connection.query({ sql, timeout: STATEMENT_MS }))[0];
  return {
    engine: 'mysql',
    rows: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) => {
      const [rows] = await connection.query({ sql, timeout: STATEMENT_MS }, [...parameters]);
      return rows as Row[];
    },
    lackedRights: () => lackedRights(connection),
    cluster: async () => {
      const found = await makeCausal(run);
      await undoCausal(run);
      return found;
    },
    close: () => connection.end().catch(() => connection.destroy()),
  };
}
