import {
  GrantFacts,
  GrantStatus,
  isActive,
  OidcTokenState,
  ReauthenticationReason,
  grantStatusOf,
} from '../grants/grant-status.js';

/** Whether a CLI secret would be accepted. */
export enum CliSecretStatus {
  VALID = 'VALID',
  NO_REFRESH_TOKEN = 'NO_REFRESH_TOKEN',
  REFRESH_REJECTED = 'REFRESH_REJECTED',
  PROVIDER_LOGOUT = 'PROVIDER_LOGOUT',
  PROVIDER_CHANGED = 'PROVIDER_CHANGED',
  PROVIDER_UNAVAILABLE = 'PROVIDER_UNAVAILABLE',
  USER_DISABLED = 'USER_DISABLED',
}

/** Whose secret it is. */
export interface OwnerFacts {
  readonly isDisabled: boolean;
  readonly grant: GrantFacts | null;
}

/** What the right secret is answered, once the provider has been asked where that was due. */
export type AnsweredStatus = CliSecretStatus | 'PROVIDER_REJECTED_CLIENT';

const BY_REASON: Record<ReauthenticationReason, CliSecretStatus> = {
  NO_REFRESH_TOKEN: CliSecretStatus.NO_REFRESH_TOKEN,
  REFRESH_REJECTED: CliSecretStatus.REFRESH_REJECTED,
  PROVIDER_LOGOUT: CliSecretStatus.PROVIDER_LOGOUT,
  PROVIDER_CHANGED: CliSecretStatus.PROVIDER_CHANGED,
};

/**
 * Whether the right secret of this owner is accepted at a moment: only while the provider vouches for the owner. An
 * expired grant that nobody could refresh counts as unavailable: it is asked for before this is.
 */
export function answeredStatus(owner: OwnerFacts, standing: GrantStatus): AnsweredStatus {
  if (owner.isDisabled) return CliSecretStatus.USER_DISABLED;
  if (standing.reason) return BY_REASON[standing.reason];
  if (isActive(standing)) return CliSecretStatus.VALID;
  const isOurFault = owner.grant?.failure === 'CLIENT_REJECTED';
  return isOurFault ? 'PROVIDER_REJECTED_CLIENT' : CliSecretStatus.PROVIDER_UNAVAILABLE;
}

/** The same as far as is known without asking the provider: a grant that the next use refreshes counts as good. */
export function cliSecretStatus(owner: OwnerFacts, now: Date): CliSecretStatus {
  const standing = grantStatusOf(owner.grant, now);
  const isUntried = standing.state === OidcTokenState.REFRESHABLE && owner.grant?.failure === null;
  if (isUntried && !owner.isDisabled) return CliSecretStatus.VALID;
  const status = answeredStatus(owner, standing);
  return status === 'PROVIDER_REJECTED_CLIENT' ? CliSecretStatus.PROVIDER_UNAVAILABLE : status;
}
