import { DataSource } from 'typeorm';
import { AskedRows } from '../common/persistence/asked-rows.js';
import { parseTimestamp, StoredTimestamp } from '../common/persistence/stored-timestamp.js';
import type { KeptGrant } from '../grants/status/index.js';
import type { CurrentProvider } from '../oidc/index.js';
import type { ToldGroups } from '../settings/group-rules.js';
import type { OwnerFacts } from './cli-secret-status.js';

/** An OIDC user with secret and grant, read in one statement. */
export interface SecretHolder {
  readonly userId: string;
  readonly username: string;
  readonly isAdmin: boolean;
  readonly isDisabled: boolean;
  readonly digest: string | null;
  /** As the provider last sent them, whether they still count or not. */
  readonly groups: ToldGroups;
  /** How many errors of the provider the last refreshes met, one after the other; 0 if the last one had no answer. */
  readonly errorAnswers: number;
  /** Null if the user has no grant. */
  readonly grant: KeptGrant | null;
}

interface Row {
  readonly foldedName: string;
  readonly userId: string;
  readonly username: string;
  readonly isAdmin: number;
  readonly isDisabled: number;
  readonly digest: string | null;
  readonly groupNames: string | null;
  readonly groupsToldAt: StoredTimestamp | null;
  readonly issuer: string | null;
  readonly clientId: string;
  readonly hasRefreshToken: number;
  readonly expiresAt: StoredTimestamp;
  readonly verifiedAt: StoredTimestamp | null;
  readonly loginBegunAt: StoredTimestamp | null;
  readonly endReason: KeptGrant['endReason'];
  readonly failure: KeptGrant['failure'];
  readonly unclearFromMs: KeptGrant['unclearFromMs'];
  readonly errorAnswers: number | null;
}

const COLUMNS = `
         u.folded_name AS foldedName, u.id AS userId, u.username AS username, u.is_admin AS isAdmin, u.is_disabled AS isDisabled,
         c.digest AS digest, g.group_names AS groupNames, g.groups_told_at AS groupsToldAt, g.issuer AS issuer, g.client_id AS clientId,
         g.sealed_refresh_token IS NOT NULL AS hasRefreshToken, g.expires_at AS expiresAt,
         g.vouched_at AS verifiedAt, g.login_begun_at AS loginBegunAt, g.end_reason AS endReason, g.failure AS failure,
         g.unclear_from_ms AS unclearFromMs, g.error_answers AS errorAnswers`;
const SECRET_AND_GRANT = `
  LEFT JOIN cli_secrets c ON c.user_id = u.id
  LEFT JOIN provider_grants g ON g.user_id = u.id`;

const BY_ID = `
  SELECT ${COLUMNS}
  FROM users u ${SECRET_AND_GRANT}
  WHERE u.id = ? AND u.mode = 'OIDC' AND u.deleted_at IS NULL`;

// One look-up by name and one row for each name, of the stand-in where no user has it: all names cost the same, whatever
// other names are in the list. (For SQLite, CROSS JOIN fixes the order.)
const BY_NAMES = new AskedRows<Row & { readonly askedName: string }>(
  (asked) => `
  SELECT asked.item AS askedName, ${COLUMNS}
  FROM ${asked} asked
  LEFT JOIN users n ON n.folded_name = asked.item AND n.mode = 'OIDC' AND n.deleted_at IS NULL
  CROSS JOIN users u ON u.id = COALESCE(n.id, ?) ${SECRET_AND_GRANT}
  WHERE asked.item IS NOT NULL AND u.mode = 'OIDC' AND u.deleted_at IS NULL`,
);

function grantOf(row: Row, issuer: string): KeptGrant {
  return {
    issuer,
    clientId: row.clientId,
    hasRefreshToken: Boolean(row.hasRefreshToken),
    expiresAt: parseTimestamp(row.expiresAt),
    verifiedAt: row.verifiedAt === null ? null : parseTimestamp(row.verifiedAt),
    loginBegunAt: row.loginBegunAt === null ? null : parseTimestamp(row.loginBegunAt),
    endReason: row.endReason,
    failure: row.failure,
    unclearFromMs: row.unclearFromMs,
  };
}

// Written out property by property: this is the hottest path, and spreading an object costs a microsecond.
function holderOf(row: Row): SecretHolder {
  return {
    userId: row.userId,
    username: row.username,
    isAdmin: Boolean(row.isAdmin),
    isDisabled: Boolean(row.isDisabled),
    digest: row.digest,
    groups: {
      names: row.groupNames === null ? [] : (JSON.parse(row.groupNames) as string[]),
      toldAt: row.groupsToldAt === null ? null : parseTimestamp(row.groupsToldAt),
    },
    errorAnswers: row.errorAnswers ?? 0,
    grant: row.issuer === null ? null : grantOf(row, row.issuer),
  };
}

/** The result of a lookup by name. */
export interface NamedHolder {
  readonly holder: SecretHolder;
  /** Whether no user has the name, and another one was read so that the lookup takes as long. */
  readonly isStandIn: boolean;
}

/**
 * The OIDC users with these folded names, by name, in one statement, on the path of every verification. Where no user has
 * the name, the stand-in is read, because an empty lookup is measurably faster than one that finds a user, a secret and a
 * grant.
 */
export async function readHoldersByName(
  database: DataSource,
  foldedNames: readonly string[],
  standInId: string,
): Promise<ReadonlyMap<string, NamedHolder>> {
  const rows = await BY_NAMES.of(database, foldedNames, standInId);
  return new Map(
    rows.map((row) => [row.askedName, { holder: holderOf(row), isStandIn: row.foldedName !== row.askedName }]),
  );
}

/** The OIDC user with this id; null if there is none, or the user is deleted. */
export async function readHolderById(database: DataSource, userId: string): Promise<SecretHolder | null> {
  const [row] = await database.query<Row[]>(BY_ID, [userId]);
  return row ? holderOf(row) : null;
}

/** The facts about the owner of a secret, under the settings in force. */
export function ownerFactsOf({ isDisabled, groups, grant }: SecretHolder, provider: CurrentProvider): OwnerFacts {
  const isInNoLoginGroup = !provider.mayLogIn(groups);
  return { isDisabled, isInNoLoginGroup, grant: grant && provider.factsOf(grant) };
}
