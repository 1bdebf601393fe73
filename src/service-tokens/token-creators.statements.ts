import { DataSource } from 'typeorm';
import { AskedRows } from '../common/persistence/asked-rows.js';
import { LIMITED_LOGIN, LimitedLogin } from '../grants/limits/index.js';
import { GRANT_ORIGIN, GrantOrigin } from '../grants/statements/index.js';

/** The creator of a service token, as one read returns it. */
export interface TokenCreator extends GrantOrigin, LimitedLogin {
  readonly isDeleted: boolean;
  readonly isDisabled: boolean;
  readonly isAdmin: boolean;
  readonly isByProvider: boolean;
}

type StoredCreator = TokenCreator & { readonly id: string };

const CREATORS = new AskedRows<StoredCreator>(
  (asked) => `
  SELECT u.id AS id, u.deleted_at IS NOT NULL AS isDeleted, u.is_disabled AS isDisabled, u.is_admin AS isAdmin,
         u.issuer IS NOT NULL AS isByProvider, ${GRANT_ORIGIN}, ${LIMITED_LOGIN}
  FROM ${asked} asked CROSS JOIN users u ON u.id = asked.item LEFT JOIN provider_grants g ON g.user_id = u.id
  WHERE asked.item IS NOT NULL`,
);

/** The creators with these ids, deleted ones included, by id. One statement, which requests with ADMIN tokens share. */
export async function readCreators(
  database: DataSource,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, TokenCreator>> {
  if (userIds.length === 0) return new Map();
  const rows = await CREATORS.of(database, userIds);
  return new Map(rows.map(({ id, ...row }) => [id, creatorOf(row)]));
}

function creatorOf(row: TokenCreator): TokenCreator {
  return {
    ...row,
    isDeleted: Boolean(row.isDeleted),
    isDisabled: Boolean(row.isDisabled),
    isAdmin: Boolean(row.isAdmin),
    isByProvider: Boolean(row.isByProvider),
  };
}
