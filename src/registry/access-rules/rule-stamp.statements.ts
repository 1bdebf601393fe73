import { DataSource } from 'typeorm';

/** The stamp of the access rules, as a subquery: it grows with every change of a rule. */
export const RULE_STAMP = '(SELECT COALESCE(SUM(r.version), 0) FROM access_rules r)';

/** The stamp of the access rules as they are now. */
export async function readRuleStamp(database: DataSource): Promise<number> {
  const [row] = await database.query<{ stamp: number | string }[]>(`SELECT ${RULE_STAMP} AS stamp`);
  return Number(row?.stamp ?? 0);
}
