import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { ProviderGrant } from './provider-grant.entity.js';

type Change = QueryDeepPartialEntity<ProviderGrant>;

// A token under a lease is marked as foreign until it is verified. Where none is kept, the token is null after its own
// assignment, so that the condition stays false on MySQL, which reads a column assigned further left with its new value.
const KEEPS_TOKEN = `sealed_refresh_token IS NOT NULL AND issuer = :loginIssuer AND client_id = :loginClientId
  AND end_reason IS NULL AND (is_foreign = FALSE OR lease_owner IS NOT NULL)
  AND (is_offline = FALSE OR :isOfflineWanted = 1)`;

/**
 * The change that a login makes to a stored grant. Without a refresh token the stored one stays, if it came from the same
 * client and that grant had not ended, and with it whether it is offline; an offline one only while the settings ask for one.
 * Some providers send it at the first consent only. The lease of a running refresh stays too: that one may have used up the
 * token, and still stores its successor. Takes the parameters of {@link keptTokenParameters}.
 */
export function withKeptToken(login: Change): Change {
  if (login.sealedRefreshToken !== null) return login;
  const { sealedRefreshToken: _none, isOffline: _wanted, isForeign: _ours, ...rest } = login;
  const { leaseOwner: _nobody, leaseUntil: _now, ...others } = rest;
  return {
    // Before the columns that the condition reads.
    sealedRefreshToken: () => kept('sealed_refresh_token', 'NULL'),
    isOffline: () => kept('is_offline', 'FALSE'),
    isForeign: () => kept('is_foreign', 'FALSE'),
    leaseUntil: () => kept('lease_until', 'NULL'),
    leaseOwner: () => kept('lease_owner', 'NULL'),
    ...others,
  };
}

function kept(column: string, otherwise: string): string {
  return `CASE WHEN ${KEEPS_TOKEN} THEN ${column} ELSE ${otherwise} END`;
}

/** The parameters of the change. */
export function keptTokenParameters({ issuer, clientId, isOffline }: Change): Readonly<Record<string, unknown>> {
  return { loginIssuer: issuer, loginClientId: clientId, isOfflineWanted: isOffline ? 1 : 0 };
}
