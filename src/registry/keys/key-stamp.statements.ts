import { DataSource } from 'typeorm';

/** The stamp of the signing keys, as a subquery: it changes when a key is added or deleted. */
export const KEY_STAMP = "(SELECT COALESCE(GROUP_CONCAT(k.id), '') FROM signing_keys k)";

/** The stamp of the signing keys as they are now. */
export async function readKeyStamp(database: DataSource): Promise<string> {
  const [row] = await database.query<{ stamp: string }[]>(`SELECT ${KEY_STAMP} AS stamp`);
  return row?.stamp ?? '';
}
