import {
  GrantFacts,
  grantStatusOf,
  isActive,
  isDueEarly,
  isRefreshedAtUse,
  OidcTokenState,
  ReauthenticationReason,
} from '../grants/status/index.js';

/** Whether a CLI secret would be accepted. */
export enum CliSecretStatus {
  VALID = 'VALID',
  NO_REFRESH_TOKEN = 'NO_REFRESH_TOKEN',
  REFRESH_REJECTED = 'REFRESH_REJECTED',
  PROVIDER_LOGOUT = 'PROVIDER_LOGOUT',
  PROVIDER_CHANGED = 'PROVIDER_CHANGED',
  PROVIDER_UNAVAILABLE = 'PROVIDER_UNAVAILABLE',
  LOGIN_TOO_OLD = 'LOGIN_TOO_OLD',
  LOGIN_NOT_ALLOWED = 'LOGIN_NOT_ALLOWED',
  REFRESH_UNCLEAR = 'REFRESH_UNCLEAR',
  USER_DISABLED = 'USER_DISABLED',
}

/** The possible results of a verification. */
export const VerificationStatus = {
  ...CliSecretStatus,
  PROVIDER_REJECTED_CLIENT: 'PROVIDER_REJECTED_CLIENT',
  MISMATCH: 'MISMATCH',
  AUTH_MODE_NOT_OIDC: 'AUTH_MODE_NOT_OIDC',
  RATE_LIMITED: 'RATE_LIMITED',
} as const;
export type VerificationStatus = (typeof VerificationStatus)[keyof typeof VerificationStatus];

/** Every answer but VALID. */
export type RefusedStatus = Exclude<VerificationStatus, CliSecretStatus.VALID>;

/** The possible results for the right secret, after a check with the provider if one was due. */
export type AnsweredStatus = CliSecretStatus | 'PROVIDER_REJECTED_CLIENT';

/** The facts about the owner of a secret that decide whether it is accepted. */
export interface OwnerFacts {
  readonly isDisabled: boolean;
  /** Whether the last known groups of the owner are none that may log in. */
  readonly isInNoLoginGroup?: boolean;
  readonly grant: GrantFacts | null;
}

/** The result for the right secret, and until when the provider vouches for its owner. */
export interface Verdict {
  readonly status: AnsweredStatus;
  readonly validUntil: Date;
}

const BY_REASON: Record<ReauthenticationReason, CliSecretStatus> = {
  NO_REFRESH_TOKEN: CliSecretStatus.NO_REFRESH_TOKEN,
  REFRESH_REJECTED: CliSecretStatus.REFRESH_REJECTED,
  PROVIDER_LOGOUT: CliSecretStatus.PROVIDER_LOGOUT,
  PROVIDER_CHANGED: CliSecretStatus.PROVIDER_CHANGED,
  REFRESH_UNCLEAR: CliSecretStatus.REFRESH_UNCLEAR,
  LOGIN_TOO_OLD: CliSecretStatus.LOGIN_TOO_OLD,
};

/** Whether the owner's grant has to be refreshed before the right secret can be answered. */
export function mustRefresh({ isDisabled, grant }: OwnerFacts, now: Date): boolean {
  return !isDisabled && isRefreshedAtUse(grantStatusOf(grant, now));
}

/** Whether the owner's grant is fresh, but in the last part of its life, in which a use refreshes it in the background. */
export function isEarlyRefreshDue({ isDisabled, grant }: OwnerFacts, now: Date): boolean {
  if (isDisabled || grant === null || !isDueEarly(grant, now)) return false;
  return grantStatusOf(grant, now).state === OidcTokenState.FRESH;
}

/**
 * Whether the right secret of this owner is accepted at this moment: only while the provider vouches for the owner. An
 * expired grant that could not be refreshed counts as unavailable: the refresh comes before the verdict.
 */
export function verdictOn(owner: OwnerFacts, now: Date): Verdict {
  const { grant } = owner;
  const isInGrace = grantStatusOf(grant, now).state === OidcTokenState.OUTAGE_GRACE;
  const countsUntil = isInGrace ? grant?.graceUntil : grant?.expiresAt;
  return { status: answeredStatus(owner, now), validUntil: earliest(countsUntil ?? now, grant?.loginEndsAt) };
}

/** The same as far as is known without asking the provider: a grant that the next use refreshes counts as good. */
export function cliSecretStatus(owner: OwnerFacts, now: Date): CliSecretStatus {
  const { isDisabled, isInNoLoginGroup, grant } = owner;
  const isUntried = grantStatusOf(grant, now).state === OidcTokenState.REFRESHABLE && grant?.failure === null;
  if (isUntried && !isDisabled) return isInNoLoginGroup ? CliSecretStatus.LOGIN_NOT_ALLOWED : CliSecretStatus.VALID;
  const status = answeredStatus(owner, now);
  return status === 'PROVIDER_REJECTED_CLIENT' ? CliSecretStatus.PROVIDER_UNAVAILABLE : status;
}

function answeredStatus({ isDisabled, isInNoLoginGroup, grant }: OwnerFacts, now: Date): AnsweredStatus {
  if (isDisabled) return CliSecretStatus.USER_DISABLED;
  const grantStatus = grantStatusOf(grant, now);
  if (grantStatus.reason) return BY_REASON[grantStatus.reason];
  if (isActive(grantStatus)) return isInNoLoginGroup ? CliSecretStatus.LOGIN_NOT_ALLOWED : CliSecretStatus.VALID;
  return grant?.failure === 'CLIENT_REJECTED' ? 'PROVIDER_REJECTED_CLIENT' : CliSecretStatus.PROVIDER_UNAVAILABLE;
}

function earliest(moment: Date, other: Date | null | undefined): Date {
  return other && other < moment ? other : moment;
}
