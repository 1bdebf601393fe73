import { DataSource } from 'typeorm';

/** What decides whether a process still knows the settings, rules and keys in force; each changes with every change. */
export interface RegistryState {
  readonly revision: number;
  readonly ruleStamp: number;
  readonly keyStamp: string;
}

const STATE = `
  SELECT s.revision AS revision,
         (SELECT COALESCE(SUM(r.version), 0) FROM access_rules r) AS ruleStamp,
         (SELECT GROUP_CONCAT(k.id) FROM signing_keys k) AS keyStamp
  FROM settings s`;

/** The state of this moment, in one statement on the path of every registry token. */
export async function readRegistryState(database: DataSource): Promise<RegistryState> {
  const [row] =
    await database.query<{ revision: number; ruleStamp: number | string; keyStamp: string | null }[]>(STATE);
  if (!row) throw new Error('The row of settings is missing.');
  return { revision: row.revision, ruleStamp: Number(row.ruleStamp), keyStamp: row.keyStamp ?? '' };
}
