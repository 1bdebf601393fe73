import { DataSource } from 'typeorm';
import { momentOf, StoredMoment } from '../common/moment.js';
import type { KeptGrant } from '../oidc/current-provider.js';

/** One OIDC user with secret and grant, in one read. */
export interface SecretHolder {
  readonly userId: string;
  readonly username: string;
  readonly isAdmin: boolean;
  readonly isDisabled: boolean;
  readonly digest: string | null;
  readonly groups: readonly string[];
  /** Null where the user has no grant. */
  readonly grant: KeptGrant | null;
}

interface Row {
  readonly userId: string;
  readonly username: string;
  readonly isAdmin: number;
  readonly isDisabled: number;
  readonly digest: string | null;
  readonly groupNames: string | null;
  readonly issuer: string | null;
  readonly clientId: string;
  readonly hasRefreshToken: number;
  readonly expiresAt: StoredMoment;
  readonly vouchedAt: StoredMoment | null;
  readonly endReason: KeptGrant['endReason'];
  readonly failure: KeptGrant['failure'];
}

const holderWhere = (condition: string) => `
  SELECT u.id AS userId, u.username AS username, u.is_admin AS isAdmin, u.is_disabled AS isDisabled,
         c.digest AS digest, g.group_names AS groupNames, g.issuer AS issuer, g.client_id AS clientId,
         g.sealed_refresh_token IS NOT NULL AS hasRefreshToken, g.expires_at AS expiresAt,
         g.vouched_at AS vouchedAt, g.end_reason AS endReason, g.failure AS failure
  FROM users u
  LEFT JOIN cli_secrets c ON c.user_id = u.id
  LEFT JOIN provider_grants g ON g.user_id = u.id
  WHERE ${condition} AND u.mode = 'OIDC' AND u.deleted_at IS NULL`;

const BY_NAME = holderWhere('u.folded_name = ?');
const BY_ID = holderWhere('u.id = ?');

function grantOf(row: Row, issuer: string): KeptGrant {
  return {
    issuer,
    clientId: row.clientId,
    hasRefreshToken: Boolean(row.hasRefreshToken),
    expiresAt: momentOf(row.expiresAt),
    vouchedAt: row.vouchedAt === null ? null : momentOf(row.vouchedAt),
    endReason: row.endReason,
    failure: row.failure,
  };
}

// Written out property by property: this is the hottest path of all, and spreading an object costs a microsecond.
async function read(database: DataSource, sql: string, value: string): Promise<SecretHolder | null> {
  const [row] = await database.query<Row[]>(sql, [value]);
  if (!row) return null;
  return {
    userId: row.userId,
    username: row.username,
    isAdmin: Boolean(row.isAdmin),
    isDisabled: Boolean(row.isDisabled),
    digest: row.digest,
    groups: row.groupNames === null ? [] : (JSON.parse(row.groupNames) as string[]),
    grant: row.issuer === null ? null : grantOf(row, row.issuer),
  };
}

/** The living OIDC user with this folded name. One statement, on the path of every verification. */
export function readHolderByName(database: DataSource, foldedName: string): Promise<SecretHolder | null> {
  return read(database, BY_NAME, foldedName);
}

/** The living OIDC user with this id. */
export function readHolderById(database: DataSource, userId: string): Promise<SecretHolder | null> {
  return read(database, BY_ID, userId);
}
