import type { GrantEnd, ProviderFailing } from './provider-grant.entity.js';

/** How good the provider's word is at this moment. */
export enum OidcTokenState {
  FRESH = 'FRESH',
  REFRESHABLE = 'REFRESHABLE',
  OUTAGE_GRACE = 'OUTAGE_GRACE',
  REAUTHENTICATION_REQUIRED = 'REAUTHENTICATION_REQUIRED',
}

/** Why only a browser login helps. */
export enum ReauthenticationReason {
  NO_REFRESH_TOKEN = 'NO_REFRESH_TOKEN',
  REFRESH_REJECTED = 'REFRESH_REJECTED',
  PROVIDER_LOGOUT = 'PROVIDER_LOGOUT',
  PROVIDER_CHANGED = 'PROVIDER_CHANGED',
}

/** What of a grant decides how good it is. */
export interface GrantFacts {
  /** Whether it came from the issuer and client id that the settings name now. */
  readonly isFromCurrentProvider: boolean;
  readonly hasRefreshToken: boolean;
  /** When the provider has to be asked again: the token's expiry, or sooner where the settings say so. */
  readonly expiresAt: Date;
  /** Until when it counts while the provider is silent: not before `expiresAt`. */
  readonly graceUntil: Date;
  /** Since when a use refreshes it in the background, while it is still fresh. */
  readonly earlyFrom: Date;
  readonly endReason: GrantEnd | null;
  readonly failure: ProviderFailing | null;
}

/** How good a grant is, and why it is not where it is not. */
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
 * How good the provider's word is, as far as is known without asking it: the one home of that rule. A grant of another
 * provider than today's counts for nothing until the settings go back; a missing one is like one without refresh token.
 * A refusal counts at once, also where the token had time left; a provider that is silent takes nothing back.
 */
export function grantStatusOf(grant: GrantFacts | null, now: Date): GrantStatus {
  if (!grant) return ends(ReauthenticationReason.NO_REFRESH_TOKEN);
  if (!grant.isFromCurrentProvider) return ends(ReauthenticationReason.PROVIDER_CHANGED);
  if (grant.endReason) return ends(ReauthenticationReason[grant.endReason]);
  if (grant.expiresAt > now) return FRESH;
  if (!grant.hasRefreshToken) return ends(ReauthenticationReason.NO_REFRESH_TOKEN);
  return grant.failure === 'UNAVAILABLE' && grant.graceUntil > now ? OUTAGE_GRACE : REFRESHABLE;
}

/** Whether the provider vouches for the owner of a grant at this moment, as far as is known without asking it. */
export function isActive({ state }: GrantStatus): boolean {
  return state === OidcTokenState.FRESH || state === OidcTokenState.OUTAGE_GRACE;
}

/** Whether a fresh grant is in the last part of its life, in which a use refreshes it behind the answer. */
export function isDueEarly(grant: GrantFacts, now: Date): boolean {
  return grant.hasRefreshToken && grant.earlyFrom <= now;
}
