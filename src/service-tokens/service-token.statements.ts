import { DataSource } from 'typeorm';
import { ServiceTokenRole } from '../access/principal.js';
import { AskedRows } from '../common/persistence/asked-rows.js';
import { parseTimestamp, Stored } from '../common/persistence/stored-timestamp.js';

/** A service token, with the revision of the settings in force: one read. */
export interface PresentedToken {
  readonly id: string;
  readonly role: ServiceTokenRole;
  readonly expiresAt: Date | null;
  readonly createdBy: string | null;
  readonly revision: number;
}

type Row = Stored<PresentedToken> & { readonly hash: string };

const TOKENS = new AskedRows<Row>(
  (asked) => `
  SELECT t.hash AS hash, t.id AS id, t.token_role AS role, t.expires_at AS expiresAt, t.created_by AS createdBy,
         s.revision AS revision
  FROM ${asked} asked CROSS JOIN service_tokens t ON t.hash = asked.item CROSS JOIN settings s
  WHERE asked.item IS NOT NULL`,
);

/** The service tokens with these hashes, by hash. One statement, on the path of every verification. */
export async function readTokens(
  database: DataSource,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, PresentedToken>> {
  const rows = await TOKENS.of(database, hashes);
  return new Map(rows.map((row) => [row.hash, tokenOf(row)]));
}

function tokenOf({ id, role, expiresAt, createdBy, revision }: Row): PresentedToken {
  return { id, role, expiresAt: expiresAt === null ? null : parseTimestamp(expiresAt), createdBy, revision };
}
