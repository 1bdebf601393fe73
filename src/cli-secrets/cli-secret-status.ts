import { GrantFacts, OidcTokenState, ReauthenticationReason, standingOf } from '../oidc/grant-standing.js';

/** Whether a CLI secret would be accepted. */
export enum CliSecretStatus {
  VALID = 'VALID',
  NO_REFRESH_TOKEN = 'NO_REFRESH_TOKEN',
  PROVIDER_CHANGED = 'PROVIDER_CHANGED',
  PROVIDER_UNAVAILABLE = 'PROVIDER_UNAVAILABLE',
  USER_DISABLED = 'USER_DISABLED',
}

/** Whose secret it is. */
export interface OwnerFacts {
  readonly isDisabled: boolean;
  readonly grant: GrantFacts | null;
}

const BY_REASON: Record<ReauthenticationReason, CliSecretStatus> = {
  NO_REFRESH_TOKEN: CliSecretStatus.NO_REFRESH_TOKEN,
  PROVIDER_CHANGED: CliSecretStatus.PROVIDER_CHANGED,
};

/**
 * Whether the right secret of this owner is accepted at a moment: only while the provider vouches for the owner. An
 * expired grant with a refresh token counts as unavailable, for nobody has asked the provider again.
 */
export function cliSecretStatus(owner: OwnerFacts, now: Date): CliSecretStatus {
  if (owner.isDisabled) return CliSecretStatus.USER_DISABLED;
  const { state, reason } = standingOf(owner.grant, now);
  if (reason) return BY_REASON[reason];
  return state === OidcTokenState.FRESH ? CliSecretStatus.VALID : CliSecretStatus.PROVIDER_UNAVAILABLE;
}
