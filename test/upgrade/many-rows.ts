import type { UpgradedDatabase } from './upgraded-database.js';

/** How many users an installation has. */
export const USERS = 100_000;

const EVENTS = 200_000;
const FEW = 1_000;
const COUNTS = 10_000;
const COUNTED_UNTIL_MS = 4_000_000_000_000;

const digits = (length: number) => `SUBSTR(CONCAT('${'0'.repeat(length)}', i), -${length})`;
const id = (kind: string) => `CONCAT('${kind}0000000-0000-7000-8000-', ${digits(12)})`;
const userId = id('1');

/** How rows of a table are made of one that is there: the columns that differ. */
interface Copies {
  readonly table: string;
  readonly count: number;
  readonly differing: Readonly<Record<string, string>>;
  /** Which row they are made of. */
  readonly of: string;
}

const lin = "(SELECT id FROM users WHERE username = 'lin')";
const ofLin = `user_id = ${lin}`;
const later = "'2099-01-01 00:00:00.000'";

/** References go to what is there already, so the order counts. */
const COPIES: readonly Copies[] = [
  {
    table: 'users',
    count: USERS,
    of: "username = 'lin'",
    differing: {
      ...{ id: userId, username: "CONCAT('person', i)", folded_name: "CONCAT('person', i)" },
      ...{ email: "CONCAT('Person', i, '@example.com')", folded_email: "CONCAT('person', i, '@example.com')" },
      ...{ real_name: "CONCAT('Someone Number ', i)", subject: "CONCAT('subject-', i)", is_admin: 'FALSE' },
    },
  },
  { table: 'user_groups', count: FEW, of: "name = 'crew'", differing: { id: id('2'), name: "CONCAT('group-', i)" } },
  {
    table: 'memberships',
    count: USERS,
    of: `${ofLin} AND group_id = (SELECT id FROM user_groups WHERE name = 'crew')`,
    differing: { user_id: userId },
  },
  { table: 'group_indexings', count: USERS, of: ofLin, differing: { user_id: userId } },
  {
    table: 'provider_grants',
    count: USERS,
    of: ofLin,
    differing: { user_id: userId, group_names: `'["crew"]'`, expires_at: later },
  },
  { table: 'cli_secrets', count: USERS, of: ofLin, differing: { user_id: userId } },
  {
    table: 'sessions',
    count: USERS,
    of: ofLin,
    differing: { id: id('3'), token_hash: digits(64), user_id: userId, expires_at: later },
  },
  {
    table: 'service_tokens',
    count: FEW,
    of: "name = 'registry'",
    differing: { id: id('4'), name: "CONCAT('token ', i)", hash: digits(64) },
  },
  {
    table: 'access_rules',
    count: FEW,
    of: 'deleted_at IS NULL',
    differing: { id: id('5'), repository_pattern: "CONCAT('project', i, '/**')" },
  },
  {
    table: 'audit_events',
    count: EVENTS,
    of: "event_action = 'cli_secret.generate'",
    differing: { id: id('6'), target_label: "CONCAT('person', i)" },
  },
  {
    table: 'guess_counts',
    count: COUNTS,
    of: 'failures > 0',
    differing: { bucket: digits(43), ends_at: `${COUNTED_UNTIL_MS}` },
  },
  { table: 'once_only', count: COUNTS, of: '1 = 1', differing: { hash: digits(64), expires_at: later } },
  { table: 'backchannel_logouts', count: FEW, of: '1 = 1', differing: { id: digits(64), expires_at: later } },
];

/** Makes rows of each table of release 0.1.0, out of those of an installation in use, for that many users. */
export async function multiplyRows(database: UpgradedDatabase): Promise<void> {
  for (const { table, count, of, differing } of COPIES) {
    const columns = await database.columns(table);
    const list = columns.join(', ');
    const values = columns.map((name) => differing[name] ?? `one.${name}`).join(', ');
    await database.run(
      `INSERT INTO ${table} (${list}) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
       SELECT ${values} FROM n CROSS JOIN (SELECT * FROM ${table} WHERE ${of} LIMIT 1) AS one`,
    );
  }
}
