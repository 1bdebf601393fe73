import { DataSource } from 'typeorm';
import { AskedRows } from '../common/persistence/asked-rows.js';
import { parseTimestamp, Stored, StoredTimestamp } from '../common/persistence/stored-timestamp.js';
import { GRANT_ORIGIN, GrantOrigin } from '../grants/statements/index.js';
import { LIMITED_LOGIN, LimitedLogin } from '../grants/limits/index.js';
import { GrantTerm } from '../access/admin-group-policy.js';

/** A session, its user and its grant, with the revision of the settings in force: one read. */
export interface PresentedSession extends GrantOrigin, LimitedLogin {
  readonly id: string;
  readonly userId: string | null;
  readonly isAdmin: boolean;
  /** That of the user; null without one. */
  readonly securityStamp: string | null;
  readonly isByProvider: boolean;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** Null without a grant. */
  readonly grantTerm: GrantTerm | null;
  readonly revision: number;
}

type StoredSession = Stored<Omit<PresentedSession, 'grantTerm'>> & {
  readonly tokenHash: string;
  readonly grantExpiresAt: StoredTimestamp | null;
};

// A session does not count if its user is deleted, disabled, or has another security stamp than at the login.
const SESSIONS = new AskedRows<StoredSession>(
  (asked) => `
  SELECT b.token_hash AS tokenHash, b.id AS id, b.user_id AS userId, u.is_admin AS isAdmin, u.security_stamp AS securityStamp,
         u.issuer IS NOT NULL AS isByProvider, b.created_at AS createdAt, b.last_seen_at AS lastSeenAt,
         b.expires_at AS expiresAt, s.revision AS revision, ${GRANT_ORIGIN}, ${LIMITED_LOGIN},
         g.expires_at AS grantExpiresAt
  FROM ${asked} asked CROSS JOIN sessions b ON b.token_hash = asked.item CROSS JOIN settings s
    LEFT JOIN users u ON u.id = b.user_id
    LEFT JOIN provider_grants g ON g.user_id = b.user_id
  WHERE asked.item IS NOT NULL AND (b.user_id IS NULL
    OR (u.deleted_at IS NULL AND u.is_disabled = FALSE AND u.security_stamp = b.security_stamp))`,
);

/** The sessions with these token hashes, by hash; those that count. */
export async function readSessions(
  database: DataSource,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, PresentedSession>> {
  const rows = await SESSIONS.of(database, hashes);
  return new Map(rows.map(({ tokenHash, ...row }) => [tokenHash, sessionOf(row)]));
}

function sessionOf({ grantExpiresAt, ...row }: Omit<StoredSession, 'tokenHash'>): PresentedSession {
  const times = {
    createdAt: parseTimestamp(row.createdAt),
    lastSeenAt: parseTimestamp(row.lastSeenAt),
    expiresAt: parseTimestamp(row.expiresAt),
  };
  const grantTerm = grantExpiresAt === null ? null : termOf(grantExpiresAt, row.grantVerifiedAt ?? null);
  return { ...row, isAdmin: Boolean(row.isAdmin), isByProvider: Boolean(row.isByProvider), ...times, grantTerm };
}

function termOf(expiresAt: StoredTimestamp, verifiedAt: StoredTimestamp | null): GrantTerm {
  return { expiresAt: parseTimestamp(expiresAt), verifiedAt: verifiedAt === null ? null : parseTimestamp(verifiedAt) };
}
