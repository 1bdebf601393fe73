import { Claims } from './claims.js';
import { LogoutTokenRefused } from './provider.errors.js';
import { CLOCK_TOLERANCE_SECONDS } from './signing-keys.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const LONGEST_IDENTIFIER = 1024;
/** What a token may say that it is. Without a word, or as any JWT, most providers send it (section 2.4). */
const TYPES: readonly unknown[] = [undefined, 'jwt', 'logout+jwt'];
/** How old a token may be that does not say when it expires, in seconds. */
const OLDEST_SECONDS = 600;

/** What a provider tells of a logout: of one of its sessions, or of all that a person has. */
export interface LogoutNotice {
  readonly tokenId: string;
  readonly subject: string | null;
  readonly sessionId: string | null;
  /** Until when the same token could come again. */
  readonly lastsUntil: Date;
}

/** What every logout token has to have; the others are looked at one by one. */
export const LOGOUT_TOKEN_CLAIMS = ['iat', 'jti', 'events'];

/**
 * What the claims of a logout token say whose signature, issuer, audience and expiry are right (OpenID Connect Back-Channel
 * Logout 1.0, sections 2.4 and 2.6). Drafts of it had no `exp`: such a token counts for ten minutes.
 *
 * @param type what its header says that it is, if anything: another kind of token is none (RFC 8725, section 3.11)
 * @throws {LogoutTokenRefused} naming what is wrong with it
 */
export function logoutNoticeOf(claims: Claims, type: unknown, at: Date): LogoutNotice {
  if (!TYPES.includes(shortForm(type))) throw new LogoutTokenRefused('it is a token of another type');
  if (!isLogoutEvent(claims.events)) throw new LogoutTokenRefused('it tells of no logout');
  if (claims.nonce !== undefined) throw new LogoutTokenRefused('it has a nonce, as ID tokens have');
  const [subject, sessionId] = [identifierIn(claims, 'sub'), identifierIn(claims, 'sid')];
  if (subject === null && sessionId === null) throw new LogoutTokenRefused('it names neither a person nor a session');
  const tokenId = identifierIn(claims, 'jti');
  if (tokenId === null) throw new LogoutTokenRefused('it has no identifier');
  return { tokenId, subject, sessionId, lastsUntil: endOf(claims, at) };
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
  throw new LogoutTokenRefused(`its ${name} is not a text of 1 to ${LONGEST_IDENTIFIER} characters`);
}

function endOf({ iat, exp }: Claims, at: Date): Date {
  const now = at.getTime() / 1000;
  if (Number(iat) > now + CLOCK_TOLERANCE_SECONDS) throw new LogoutTokenRefused('it comes from the future');
  const end = exp === undefined ? Number(iat) + OLDEST_SECONDS : Number(exp);
  if (end + CLOCK_TOLERANCE_SECONDS <= now) throw new LogoutTokenRefused('it is too old');
  return new Date((end + CLOCK_TOLERANCE_SECONDS) * 1000);
}
