/** The columns that decide whether a user's grant has ended; nulls without a grant. */
export interface GrantOrigin {
  readonly grantIssuer: string | null;
  readonly grantClientId: string | null;
  /** How the grant ended: the provider revoked it, or its tokens can't be decrypted any more. */
  readonly grantEnd: string | null;
}

/** The columns of a {@link GrantOrigin}, for statements that call `provider_grants` `g`. */
export const GRANT_ORIGIN = 'g.issuer AS grantIssuer, g.client_id AS grantClientId, g.end_reason AS grantEnd';

/** The configured provider. */
export interface NamedProvider {
  readonly endpoint: string | null;
  readonly clientId: string | null;
}

/** An end that the provider does not know of: the grant can't be refreshed any more, as without a refresh token. */
const NOT_BY_PROVIDER = 'NO_REFRESH_TOKEN';

/**
 * Whether the provider has ended a user's grant, or is no longer the configured one: then the user is not an administrator,
 * not even by the flag of the account. An expired token by itself ends nothing.
 */
export function hasGrantEnded({ grantIssuer, grantClientId, grantEnd }: GrantOrigin, provider: NamedProvider): boolean {
  if (grantIssuer === null) return false;
  const isTakenBack = grantEnd !== null && grantEnd !== NOT_BY_PROVIDER;
  return isTakenBack || grantIssuer !== provider.endpoint || grantClientId !== provider.clientId;
}
