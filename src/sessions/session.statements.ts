import { DataSource } from 'typeorm';
import { momentOf, StoredMoment } from '../common/persistence/stored-timestamp.js';
import { ServiceTokenRole } from '../access/principal.js';
import { GrantOrigin } from '../grants/grant-end.js';
import { GrantTerm } from '../access/admin-group-policy.js';

/** What one read tells of a service token, with the revision of the settings in force. */
export interface PresentedToken {
  readonly id: string;
  readonly role: ServiceTokenRole;
  readonly expiresAt: Date | null;
  readonly createdBy: string;
  readonly revision: number;
}

/** What one read tells of whoever made a service token. */
export interface TokenCreator extends GrantOrigin {
  readonly isDeleted: boolean;
  readonly isDisabled: boolean;
  readonly isAdmin: boolean;
  readonly isByProvider: boolean;
}

/** What one read tells of a session and its user, with the revision of the settings in force. */
export interface PresentedSession extends GrantOrigin {
  readonly id: string;
  readonly userId: string | null;
  readonly isAdmin: boolean;
  readonly isByProvider: boolean;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** Null where there is no grant. */
  readonly grantTerm: GrantTerm | null;
  readonly revision: number;
}

const TOKEN = `
  SELECT t.id AS id, t.token_role AS role, t.expires_at AS expiresAt, t.created_by AS createdBy, s.revision AS revision
  FROM service_tokens t, settings s WHERE t.hash = ?`;

const GRANT_ORIGIN = 'g.issuer AS grantIssuer, g.client_id AS grantClientId, g.end_reason AS grantEnd';

const CREATOR = `
  SELECT u.deleted_at IS NOT NULL AS isDeleted, u.is_disabled AS isDisabled, u.is_admin AS isAdmin,
         u.issuer IS NOT NULL AS isByProvider, ${GRANT_ORIGIN}
  FROM users u LEFT JOIN provider_grants g ON g.user_id = u.id WHERE u.id = ?`;

// A session whose user is gone, disabled, or has another security stamp than at the login is no session.
const SESSION = `
  SELECT b.id AS id, b.user_id AS userId, u.is_admin AS isAdmin,
         u.issuer IS NOT NULL AS isByProvider, b.created_at AS createdAt, b.last_seen_at AS lastSeenAt,
         b.expires_at AS expiresAt, s.revision AS revision, ${GRANT_ORIGIN},
         g.expires_at AS grantExpiresAt, g.vouched_at AS grantVouchedAt
  FROM sessions b CROSS JOIN settings s LEFT JOIN users u ON u.id = b.user_id
    LEFT JOIN provider_grants g ON g.user_id = b.user_id
  WHERE b.token_hash = ? AND (b.user_id IS NULL
    OR (u.deleted_at IS NULL AND u.is_disabled = FALSE AND u.security_stamp = b.security_stamp))`;

type Stored<T> = { [Name in keyof T]: T[Name] extends Date | null ? StoredMoment : T[Name] };

type StoredSession = Stored<Omit<PresentedSession, 'grantTerm'>> & {
  readonly grantExpiresAt: StoredMoment | null;
  readonly grantVouchedAt: StoredMoment | null;
};

/** The service token with this hash, or undefined. One statement, on the path of every verification. */
export async function readToken(database: DataSource, hash: string): Promise<PresentedToken | undefined> {
  const [row] = await database.query<Stored<PresentedToken>[]>(TOKEN, [hash]);
  if (!row) return undefined;
  const { id, role, expiresAt, createdBy, revision } = row;
  return { id, role, expiresAt: expiresAt === null ? null : momentOf(expiresAt), createdBy, revision };
}

/** Whoever made a service token, tombstones included, or undefined. */
export async function readCreator(database: DataSource, userId: string): Promise<TokenCreator | undefined> {
  const [row] = await database.query<TokenCreator[]>(CREATOR, [userId]);
  if (!row) return undefined;
  return {
    ...row,
    isDeleted: Boolean(row.isDeleted),
    isDisabled: Boolean(row.isDisabled),
    isAdmin: Boolean(row.isAdmin),
    isByProvider: Boolean(row.isByProvider),
  };
}

/** The session with this token hash, or undefined. */
export async function readSession(database: DataSource, hash: string): Promise<PresentedSession | undefined> {
  const [found] = await database.query<StoredSession[]>(SESSION, [hash]);
  if (!found) return undefined;
  const { grantExpiresAt, grantVouchedAt, ...row } = found;
  const times = {
    createdAt: momentOf(row.createdAt),
    lastSeenAt: momentOf(row.lastSeenAt),
    expiresAt: momentOf(row.expiresAt),
  };
  const grantTerm = grantExpiresAt === null ? null : termOf(grantExpiresAt, grantVouchedAt);
  return { ...row, isAdmin: Boolean(row.isAdmin), isByProvider: Boolean(row.isByProvider), ...times, grantTerm };
}

function termOf(expiresAt: StoredMoment, vouchedAt: StoredMoment | null): GrantTerm {
  return { expiresAt: momentOf(expiresAt), vouchedAt: vouchedAt === null ? null : momentOf(vouchedAt) };
}
