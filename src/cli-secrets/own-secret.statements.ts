import { DataSource } from 'typeorm';
import type { UserPrincipal } from '../access/principal.js';
import { timestampText } from '../common/persistence/stored-timestamp.js';
import type { CliSecret } from './cli-secret.entity.js';

const IS_UNDER_STAMP =
  'EXISTS (SELECT 1 FROM users o WHERE o.id = :ownerId AND o.security_stamp = :ownerStamp AND o.deleted_at IS NULL)';

const INSERT = `
  INSERT INTO cli_secrets (user_id, sealed_secret, digest, origin, created_at)
  SELECT o.id, ?, ?, ?, ? FROM users o WHERE o.id = ? AND o.security_stamp = ? AND o.deleted_at IS NULL`;

/**
 * The condition that the account of a caller is still as it was when they were authenticated. One that was given to another
 * identity meanwhile, in whatever moment, has another stamp: a late request of its former owner neither writes nor reads there.
 */
export function underStamp({ userId, securityStamp }: UserPrincipal): [string, Record<string, string>] {
  return [IS_UNDER_STAMP, { ownerId: userId, ownerStamp: securityStamp ?? '' }];
}

/** Inserts the first secret of a caller, under the same condition. */
export async function insertUnderStamp(
  database: DataSource,
  { userId, securityStamp }: UserPrincipal,
  { sealedSecret, digest, origin, createdAt }: Pick<CliSecret, 'sealedSecret' | 'digest' | 'origin' | 'createdAt'>,
): Promise<void> {
  const values = [sealedSecret, digest, origin, timestampText(createdAt)];
  await database.query(INSERT, [...values, userId, securityStamp ?? '']);
}
