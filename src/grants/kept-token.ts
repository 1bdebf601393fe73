import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { ProviderGrant } from './provider-grant.entity.js';

type Change = QueryDeepPartialEntity<ProviderGrant>;

const KEEPS_TOKEN = `issuer = :loginIssuer AND client_id = :loginClientId AND end_reason IS NULL AND is_foreign = FALSE
  AND (is_offline = FALSE OR :isOfflineWanted = 1)`;

/**
 * The change that a login makes to a stored grant. Without a refresh token the stored one stays, if it came from the same
 * client and that grant had not ended, and with it whether it is offline; an offline one only while the settings ask for one.
 * Some providers send it at the first consent only. Takes the parameters of {@link keptTokenParameters}.
 */
export function withKeptToken(login: Change): Change {
  if (login.sealedRefreshToken !== null) return login;
  const { sealedRefreshToken: _none, isOffline: _wanted, ...others } = login;
  return {
    // Before the columns that the condition reads: MySQL reads a column that is assigned further left with its new value.
    sealedRefreshToken: () => `CASE WHEN ${KEEPS_TOKEN} THEN sealed_refresh_token ELSE NULL END`,
    isOffline: () => `CASE WHEN ${KEEPS_TOKEN} THEN is_offline ELSE FALSE END`,
    ...others,
  };
}

/** The parameters of the change. */
export function keptTokenParameters({ issuer, clientId, isOffline }: Change): Readonly<Record<string, unknown>> {
  return { loginIssuer: issuer, loginClientId: clientId, isOfflineWanted: isOffline ? 1 : 0 };
}
