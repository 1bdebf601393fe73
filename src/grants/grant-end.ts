/** What of a user's grant tells whether it has ended; nulls where there is no grant. */
export interface GrantOrigin {
  readonly grantIssuer: string | null;
  readonly grantClientId: string | null;
  /** How the grant ended: the provider took its word back, or the tokens do not open any more. */
  readonly grantEnd: string | null;
}

/** The columns of a {@link GrantOrigin}, where `provider_grants` is called `g` in a statement. */
export const GRANT_ORIGIN = 'g.issuer AS grantIssuer, g.client_id AS grantClientId, g.end_reason AS grantEnd';

/** The provider that the settings name. */
export interface NamedProvider {
  readonly endpoint: string | null;
  readonly clientId: string | null;
}

/** Of this end the provider knows nothing: it can't be asked any more, as where it gave no refresh token. */
const NOT_BY_PROVIDER = 'NO_REFRESH_TOKEN';

/**
 * Whether the provider has taken its word about a user back, or is no longer the provider of this installation: then
 * nothing makes the user an administrator, a flag of ours neither. A token that has only expired says nothing yet.
 */
export function hasGrantEnded({ grantIssuer, grantClientId, grantEnd }: GrantOrigin, provider: NamedProvider): boolean {
  if (grantIssuer === null) return false;
  const isTakenBack = grantEnd !== null && grantEnd !== NOT_BY_PROVIDER;
  return isTakenBack || grantIssuer !== provider.endpoint || grantClientId !== provider.clientId;
}
