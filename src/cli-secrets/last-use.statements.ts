import { DataSource } from 'typeorm';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { timestampText } from '../common/persistence/stored-timestamp.js';

/** A right secret was presented at this time. */
export interface SecretUse {
  readonly userId: string;
  readonly at: Date;
}

// By the keys of the rows: digests have no index.
const STORE = {
  sqlite: `UPDATE cli_secrets SET last_used_at = used.at
    FROM (SELECT value ->> '$[0]' AS user_id, value ->> '$[1]' AS digest, value ->> '$[2]' AS at FROM json_each(?)) AS used
    WHERE cli_secrets.user_id = used.user_id AND cli_secrets.digest = used.digest`,
  mysql: `UPDATE JSON_TABLE(?, '$[*]' COLUMNS
      (user_id VARCHAR(36) PATH '$[0]', digest VARCHAR(64) PATH '$[1]', used_at VARCHAR(23) PATH '$[2]')) used
    STRAIGHT_JOIN cli_secrets c ON c.user_id = used.user_id AND c.digest = used.digest
    SET c.last_used_at = used.used_at`,
};

/**
 * Stores when secrets were last used, by their digests, in one statement. A secret that was replaced meanwhile is left out: its
 * use does not count for its successor. A loss of power may undo it.
 */
export async function storeLastUses(
  database: DataSource,
  uses: readonly (readonly [digest: string, use: SecretUse])[],
): Promise<void> {
  const sql = database.options.type === 'better-sqlite3' ? STORE.sqlite : STORE.mysql;
  // In one order at all replicas: otherwise two statements could wait for each other's rows.
  const inOrder = [...uses].sort(
    ([, one], [, other]) => Number(one.userId > other.userId) - Number(one.userId < other.userId),
  );
  const rows = inOrder.map(([digest, { userId, at }]) => [userId, digest, timestampText(at)]);
  await database.query(`/* ${RELAXED_DURABILITY} */ ${sql}`, [JSON.stringify(rows)]);
}
