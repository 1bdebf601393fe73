/** What of a user's grant tells whether it has ended; nulls where there is no grant. */
export interface GrantOrigin {
  readonly grantIssuer: string | null;
  readonly grantClientId: string | null;
  /** How the provider took its word back: it refused a refresh, or told of a logout. */
  readonly grantEnd: string | null;
}

/** The provider that the settings name. */
export interface NamedProvider {
  readonly endpoint: string | null;
  readonly clientId: string | null;
}

/**
 * Whether the provider has taken its word about a user back, or is no longer the provider of this installation: then
 * nothing makes the user an administrator, a flag of ours neither. A token that has only expired says nothing yet.
 */
export function hasGrantEnded({ grantIssuer, grantClientId, grantEnd }: GrantOrigin, provider: NamedProvider): boolean {
  if (grantIssuer === null) return false;
  return grantEnd !== null || grantIssuer !== provider.endpoint || grantClientId !== provider.clientId;
}
