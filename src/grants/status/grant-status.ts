import type { NamedProvider } from '../statements/grant-end.js';
import type { GrantEnd, ProviderFailing, ProviderGrant } from '../provider-grant.entity.js';

/** The last part of a token's lifetime, in which a use refreshes it in the background. */
const LAST_PART = 1 / 5;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

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
  REFRESH_UNCLEAR = 'REFRESH_UNCLEAR',
  LOGIN_TOO_OLD = 'LOGIN_TOO_OLD',
}

/** The status of a grant, and the reason if the user has to log in again. */
export interface GrantStatus {
  readonly state: OidcTokenState;
  readonly reason: ReauthenticationReason | null;
}

/** The settings that decide how long a grant counts, in minutes; 0 turns one off. */
export interface LifeSettings {
  readonly recheckMinutes: number;
  readonly outageGraceMinutes: number;
}

/** The deadlines of a grant. */
export interface GrantDeadlines {
  /** When it has to be refreshed: at the token's expiry, or earlier if the settings say so. */
  readonly expiresAt: Date;
  /** Until when it counts while the provider does not answer: not before `expiresAt`. */
  readonly graceUntil: Date;
  /** From when on a use refreshes it in the background, while it is still fresh. */
  readonly earlyFrom: Date;
}

/** The setting for how many days after a browser login another one is required; 0 turns it off. */
export interface LoginAgeSettings {
  readonly maxSignInDays: number;
}

/**
 * When a browser login is required because of the age of the last one; null: never.
 *
 * @param begunAt when the last one began; unknown only in grants from before this was stored, which are too old
 */
export function loginEndOf({ maxSignInDays }: LoginAgeSettings, begunAt: Date | null): Date | null {
  if (maxSignInDays === 0) return null;
  return new Date((begunAt?.getTime() ?? 0) + maxSignInDays * DAY_MS);
}

/** Whether a login that began at this time is too old: the only home of this rule (in SQL: `LOGIN_COUNTS`). */
export function isLoginTooOld(settings: LoginAgeSettings, begunAt: Date | null, now: Date): boolean {
  const end = loginEndOf(settings, begunAt);
  return end !== null && end <= now;
}

/** The settings that decide the status of a grant. */
export type GrantSettings = NamedProvider & LifeSettings & LoginAgeSettings;

/** The columns of a grant that decide its status. */
export interface KeptGrant extends Pick<
  ProviderGrant,
  'issuer' | 'clientId' | 'expiresAt' | 'verifiedAt' | 'loginBegunAt' | 'endReason' | 'failure' | 'unclearFromMs'
> {
  readonly hasRefreshToken: boolean;
}

/** What decides the status of a grant. */
export interface GrantFacts extends GrantDeadlines {
  /** Whether it came from the configured issuer and client id. */
  readonly isFromCurrentProvider: boolean;
  readonly hasRefreshToken: boolean;
  /** When a browser login is required because of the age of the last one; by default never. */
  readonly loginEndsAt?: Date | null;
  readonly endReason: GrantEnd | null;
  readonly failure: ProviderFailing | null;
  /** Whether the provider last answered unclearly; by default it did not. */
  readonly isUnclear?: boolean;
}

const FRESH: GrantStatus = { state: OidcTokenState.FRESH, reason: null };
const REFRESHABLE: GrantStatus = { state: OidcTokenState.REFRESHABLE, reason: null };
const OUTAGE_GRACE: GrantStatus = { state: OidcTokenState.OUTAGE_GRACE, reason: null };

const ends = (reason: ReauthenticationReason): GrantStatus => ({
  state: OidcTokenState.REAUTHENTICATION_REQUIRED,
  reason,
});

/**
 * When a grant has to be refreshed: at its token's expiry or, if `recheckMinutes` is set, that many minutes after the
 * provider last verified it; and the deadlines that follow from it.
 *
 * @param verifiedAt when the provider last verified it; null if unknown
 */
export function grantDeadlinesOf(expiresAt: Date, verifiedAt: Date | null, settings: LifeSettings): GrantDeadlines {
  const expiry = expiresAt.getTime();
  const start = verifiedAt?.getTime() ?? expiry;
  const end = settings.recheckMinutes > 0 ? Math.min(expiry, start + settings.recheckMinutes * MINUTE_MS) : expiry;
  return {
    expiresAt: end === expiry ? expiresAt : new Date(end),
    graceUntil: new Date(end + settings.outageGraceMinutes * MINUTE_MS),
    earlyFrom: new Date(end - Math.max(0, end - start) * LAST_PART),
  };
}

/** The facts about a stored grant that decide its status under these settings. */
export function grantFactsOf(grant: KeptGrant, settings: GrantSettings): GrantFacts {
  const { issuer, clientId, hasRefreshToken, expiresAt, verifiedAt, loginBegunAt, endReason, failure } = grant;
  const isFromCurrentProvider = issuer === settings.endpoint && clientId === settings.clientId;
  const deadlines = grantDeadlinesOf(expiresAt, verifiedAt, settings);
  const loginEndsAt = loginEndOf(settings, loginBegunAt);
  const isUnclear = grant.unclearFromMs !== null;
  return { isFromCurrentProvider, hasRefreshToken, ...deadlines, loginEndsAt, endReason, failure, isUnclear };
}

/**
 * The status of a grant, without asking the provider: the only home of this rule (in SQL: grant-status.statements.ts). A
 * grant of another provider does not count unless the settings change back; no grant is like one without a refresh token.
 * A refusal counts at once, even if the token has not expired, and so does a login that is too old; a provider that does
 * not answer ends nothing, and one that answers unclearly ends nothing before the token has expired.
 */
export function grantStatusOf(grant: GrantFacts | null, now: Date): GrantStatus {
  if (!grant) return ends(ReauthenticationReason.NO_REFRESH_TOKEN);
  if (!grant.isFromCurrentProvider) return ends(ReauthenticationReason.PROVIDER_CHANGED);
  if (grant.endReason) return ends(ReauthenticationReason[grant.endReason]);
  if (grant.loginEndsAt && grant.loginEndsAt <= now) return ends(ReauthenticationReason.LOGIN_TOO_OLD);
  if (grant.expiresAt > now) return FRESH;
  if (!grant.hasRefreshToken) return ends(ReauthenticationReason.NO_REFRESH_TOKEN);
  if (grant.isUnclear) return ends(ReauthenticationReason.REFRESH_UNCLEAR);
  return grant.failure === 'UNAVAILABLE' && grant.graceUntil > now ? OUTAGE_GRACE : REFRESHABLE;
}

/** Whether a grant with this status counts now, without asking the provider. */
export function isActive({ state }: GrantStatus): boolean {
  return state === OidcTokenState.FRESH || state === OidcTokenState.OUTAGE_GRACE;
}

/** Whether a use of a grant with this status asks the provider first: an unclear answer may have been the last one. */
export function isRefreshedAtUse({ state, reason }: GrantStatus): boolean {
  if (reason === ReauthenticationReason.REFRESH_UNCLEAR) return true;
  return state === OidcTokenState.REFRESHABLE || state === OidcTokenState.OUTAGE_GRACE;
}

/** Whether a fresh grant is in the last part of its lifetime, in which a use refreshes it in the background. */
export function isDueEarly(grant: GrantFacts, now: Date): boolean {
  return grant.hasRefreshToken && grant.earlyFrom <= now;
}
