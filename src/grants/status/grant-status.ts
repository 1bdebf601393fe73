import type { GrantEnd, ProviderFailing } from '../provider-grant.entity.js';

/** The status of a grant. */
export enum OidcTokenState {
  FRESH = 'FRESH',
  REFRESHABLE = 'REFRESHABLE',
  OUTAGE_GRACE = 'OUTAGE_GRACE',
  REAUTHENTICATION_REQUIRED = 'REAUTHENTICATION_REQUIRED',
}

/** Why a user has to log in again. */
export enum ReauthenticationReason {
  NO_REFRESH_TOKEN = 'NO_REFRESH_TOKEN',
  REFRESH_REJECTED = 'REFRESH_REJECTED',
  PROVIDER_LOGOUT = 'PROVIDER_LOGOUT',
  PROVIDER_CHANGED = 'PROVIDER_CHANGED',
}

/** What decides the status of a grant. */
export interface GrantFacts {
  /** Whether it came from the configured issuer and client id. */
  readonly isFromCurrentProvider: boolean;
  readonly hasRefreshToken: boolean;
  /** When it has to be refreshed: at the token's expiry, or earlier if the settings say so. */
  readonly expiresAt: Date;
  /** Until when it counts while the provider does not answer: not before `expiresAt`. */
  readonly graceUntil: Date;
  /** From when on a use refreshes it in the background, while it is still fresh. */
  readonly earlyFrom: Date;
  readonly endReason: GrantEnd | null;
  readonly failure: ProviderFailing | null;
}

/** The status of a grant, and the reason if the user has to log in again. */
export interface GrantStatus {
  readonly state: OidcTokenState;
  readonly reason: ReauthenticationReason | null;
}

const FRESH: GrantStatus = { state: OidcTokenState.FRESH, reason: null };
const REFRESHABLE: GrantStatus = { state: OidcTokenState.REFRESHABLE, reason: null };
const OUTAGE_GRACE: GrantStatus = { state: OidcTokenState.OUTAGE_GRACE, reason: null };

const ends = (reason: ReauthenticationReason): GrantStatus => ({
  state: OidcTokenState.REAUTHENTICATION_REQUIRED,
  reason,
});

/**
 * The status of a grant, without asking the provider: the only home of this rule (in SQL: grant-status.statements.ts). A
 * grant of another provider does not count unless the settings change back; no grant is like one without a refresh token.
 * A refusal counts at once, even if the token has not expired; a provider that does not answer ends nothing.
 */
export function grantStatusOf(grant: GrantFacts | null, now: Date): GrantStatus {
  if (!grant) return ends(ReauthenticationReason.NO_REFRESH_TOKEN);
  if (!grant.isFromCurrentProvider) return ends(ReauthenticationReason.PROVIDER_CHANGED);
  if (grant.endReason) return ends(ReauthenticationReason[grant.endReason]);
  if (grant.expiresAt > now) return FRESH;
  if (!grant.hasRefreshToken) return ends(ReauthenticationReason.NO_REFRESH_TOKEN);
  return grant.failure === 'UNAVAILABLE' && grant.graceUntil > now ? OUTAGE_GRACE : REFRESHABLE;
}

/** Whether a grant with this status counts now, without asking the provider. */
export function isActive({ state }: GrantStatus): boolean {
  return state === OidcTokenState.FRESH || state === OidcTokenState.OUTAGE_GRACE;
}

/** Whether a fresh grant is in the last part of its lifetime, in which a use refreshes it in the background. */
export function isDueEarly(grant: GrantFacts, now: Date): boolean {
  return grant.hasRefreshToken && grant.earlyFrom <= now;
}
