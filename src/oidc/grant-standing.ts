/** How good the provider's word is at this moment. */
export enum OidcTokenState {
  FRESH = 'FRESH',
  REFRESHABLE = 'REFRESHABLE',
  REAUTHENTICATION_REQUIRED = 'REAUTHENTICATION_REQUIRED',
}

/** Why only a browser login helps. */
export enum ReauthenticationReason {
  NO_REFRESH_TOKEN = 'NO_REFRESH_TOKEN',
  PROVIDER_CHANGED = 'PROVIDER_CHANGED',
}

/** What of a grant decides how good it is. */
export interface GrantFacts {
  /** Whether it came from the issuer and client id that the settings name now. */
  readonly isFromCurrentProvider: boolean;
  readonly hasRefreshToken: boolean;
  readonly expiresAt: Date;
}

/** How good a grant is, and why it is not where it is not. */
export interface GrantStanding {
  readonly state: OidcTokenState;
  readonly reason: ReauthenticationReason | null;
}

const ends = (reason: ReauthenticationReason): GrantStanding => ({
  state: OidcTokenState.REAUTHENTICATION_REQUIRED,
  reason,
});

/**
 * How good the provider's word is, as far as is known without asking it: the one home of that rule. A grant of another
 * provider than today's counts for nothing until the settings go back; a missing one is like one without refresh token.
 */
export function standingOf(grant: GrantFacts | null, now: Date): GrantStanding {
  if (!grant) return ends(ReauthenticationReason.NO_REFRESH_TOKEN);
  if (!grant.isFromCurrentProvider) return ends(ReauthenticationReason.PROVIDER_CHANGED);
  if (grant.expiresAt > now) return { state: OidcTokenState.FRESH, reason: null };
  if (!grant.hasRefreshToken) return ends(ReauthenticationReason.NO_REFRESH_TOKEN);
  return { state: OidcTokenState.REFRESHABLE, reason: null };
}
