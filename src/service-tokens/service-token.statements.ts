import { DataSource } from 'typeorm';
import { ServiceTokenRole } from '../access/principal.js';
import { parseTimestamp, Stored } from '../common/persistence/stored-timestamp.js';
import { GRANT_ORIGIN, GrantOrigin } from '../grants/statements/index.js';

/** A service token, with the revision of the settings in force: one read. */
export interface PresentedToken {
  readonly id: string;
  readonly role: ServiceTokenRole;
  readonly expiresAt: Date | null;
  readonly createdBy: string;
  readonly revision: number;
}

/** The creator of a service token, as one read returns it. */
export interface TokenCreator extends GrantOrigin {
  readonly isDeleted: boolean;
  readonly isDisabled: boolean;
  readonly isAdmin: boolean;
  readonly isByProvider: boolean;
}

const TOKEN = `
  SELECT t.id AS id, t.token_role AS role, t.expires_at AS expiresAt, t.created_by AS createdBy, s.revision AS revision
  FROM service_tokens t, settings s WHERE t.hash = ?`;

const CREATORS = `
  SELECT u.id AS id, u.deleted_at IS NOT NULL AS isDeleted, u.is_disabled AS isDisabled, u.is_admin AS isAdmin,
         u.issuer IS NOT NULL AS isByProvider, ${GRANT_ORIGIN}
  FROM users u LEFT JOIN provider_grants g ON g.user_id = u.id WHERE u.id IN`;

/** The service token with this hash, or undefined. One statement, on the path of every verification. */
export async function readToken(database: DataSource, hash: string): Promise<PresentedToken | undefined> {
  const [row] = await database.query<Stored<PresentedToken>[]>(TOKEN, [hash]);
  if (!row) return undefined;
  const { id, role, expiresAt, createdBy, revision } = row;
  return { id, role, expiresAt: expiresAt === null ? null : parseTimestamp(expiresAt), createdBy, revision };
}

/** The creators with these ids, deleted ones included, by id. */
export async function readCreators(
  database: DataSource,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, TokenCreator>> {
  if (userIds.length === 0) return new Map();
  const sql = `${CREATORS} (${userIds.map(() => '?').join(', ')})`;
  const rows = await database.query<StoredCreator[]>(sql, [...userIds]);
  return new Map(rows.map(({ id, ...row }) => [id, creatorOf(row)]));
}

type StoredCreator = TokenCreator & { readonly id: string };

function creatorOf(row: TokenCreator): TokenCreator {
  return {
    ...row,
    isDeleted: Boolean(row.isDeleted),
    isDisabled: Boolean(row.isDisabled),
    isAdmin: Boolean(row.isAdmin),
    isByProvider: Boolean(row.isByProvider),
  };
}
