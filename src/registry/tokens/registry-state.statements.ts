import { DataSource } from 'typeorm';
import { preparedRead } from '../../common/persistence/prepared-read.js';
import { RULE_STAMP } from '../access-rules/index.js';
import { KEY_STAMP } from '../keys/index.js';

/** Versions of settings, rules and keys, for cache validation: each changes with every change of its own. */
export interface RegistryState {
  readonly revision: number;
  readonly ruleStamp: number;
  readonly keyStamp: string;
}

const STATE = preparedRead(`
  SELECT s.revision AS revision, ${RULE_STAMP} AS ruleStamp, ${KEY_STAMP} AS keyStamp
  FROM settings s`);

/** The versions in force, in one statement on the path of every registry token. */
export async function readRegistryState(database: DataSource): Promise<RegistryState> {
  const [row] = await database.query<{ revision: number; ruleStamp: number | string; keyStamp: string }[]>(STATE);
  if (!row) throw new Error('The row of settings is missing.');
  return { revision: row.revision, ruleStamp: Number(row.ruleStamp), keyStamp: row.keyStamp };
}
