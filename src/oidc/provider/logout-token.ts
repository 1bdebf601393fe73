import { Claims } from './claim-paths.js';
import { LogoutTokenRefused } from './provider.errors.js';
import { CLOCK_TOLERANCE_SECONDS } from './signing-keys.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Keycloak's event, beside that of the logout: offline sessions end as well. Some versions put it into the logout event. */
const OFFLINE_EVENT = 'revoke_offline_access';
const LONGEST_IDENTIFIER = 1024;
/** Accepted values of `typ`. Most providers send none, or `JWT` (section 2.4). */
const TYPES: readonly unknown[] = [undefined, 'jwt', 'logout+jwt'];
/** The lifetime of a token without `exp`, in seconds. */
const OLDEST_SECONDS = 600;

/** A logout that the provider reports: of one of its sessions, or of all sessions of a person. */
export interface LogoutNotice {
  readonly tokenId: string;
  readonly subject: string | null;
  readonly sessionId: string | null;
  /** Whether offline access ends with it, which outlives a logout otherwise (section 2.7). */
  readonly endsOfflineAccess: boolean;
  /** Until when the same token would be accepted again. */
  readonly lastsUntil: Date;
}

/** The claims that every logout token must have; {@link logoutNoticeOf} checks the others. */
export const LOGOUT_TOKEN_CLAIMS = ['iat', 'jti', 'events'];

/**
 * The logout that a token reports, whose signature, issuer, audience and expiry were verified (OpenID Connect Back-Channel
 * Logout 1.0, sections 2.4 and 2.6). Drafts of the specification had no `exp`: such a token is valid for ten minutes.
 *
 * @param type the `typ` of the token's header, if any; tokens of other types are refused (RFC 8725, section 3.11)
 * @throws {LogoutTokenRefused} with what is wrong with the token
 */
export function logoutNoticeOf(claims: Claims, type: unknown, at: Date): LogoutNotice {
  if (!TYPES.includes(shortForm(type))) throw new LogoutTokenRefused('it has another type');
  if (!isLogoutEvent(claims.events)) throw new LogoutTokenRefused('it has no logout event');
  if (claims.nonce !== undefined) throw new LogoutTokenRefused('it has a nonce, as ID tokens have');
  const [subject, sessionId] = [identifierIn(claims, 'sub'), identifierIn(claims, 'sid')];
  if (subject === null && sessionId === null) throw new LogoutTokenRefused('it has neither sub nor sid');
  const tokenId = identifierIn(claims, 'jti');
  if (tokenId === null) throw new LogoutTokenRefused('it has no jti');
  const endsOfflineAccess = revokesOfflineAccess(claims.events as Claims);
  return { tokenId, subject, sessionId, endsOfflineAccess, lastsUntil: endOf(claims, at) };
}

// A member whose value is false says that they stay.
function revokesOfflineAccess(events: Claims): boolean {
  return [events, events[EVENT] as Claims].some((members) => {
    const told = Object.hasOwn(members, OFFLINE_EVENT) ? members[OFFLINE_EVENT] : undefined;
    return told === true || (typeof told === 'object' && told !== null && !Array.isArray(told));
  });
}

// RFC 7515, section 4.1.9.
function shortForm(type: unknown): unknown {
  return typeof type === 'string' ? type.toLowerCase().replace(/^application\//, '') : type;
}

function isLogoutEvent(events: unknown): boolean {
  if (typeof events !== 'object' || events === null || !Object.hasOwn(events, EVENT)) return false;
  const event = (events as Claims)[EVENT];
  return typeof event === 'object' && event !== null && !Array.isArray(event);
}

function identifierIn(claims: Claims, name: string): string | null {
  const value = claims[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '' && value.length <= LONGEST_IDENTIFIER) return value;
  throw new LogoutTokenRefused(`its ${name} is not a string of 1 to ${LONGEST_IDENTIFIER} characters`);
}

function endOf({ iat, exp }: Claims, at: Date): Date {
  const now = at.getTime() / 1000;
  if (Number(iat) > now + CLOCK_TOLERANCE_SECONDS) throw new LogoutTokenRefused('it was issued in the future');
  const end = exp === undefined ? Number(iat) + OLDEST_SECONDS : Number(exp);
  if (end + CLOCK_TOLERANCE_SECONDS <= now) throw new LogoutTokenRefused('it is too old');
  return new Date((end + CLOCK_TOLERANCE_SECONDS) * 1000);
}
