import { OIDC_LOGIN_PATH } from '../../config/public-urls.js';
import { scopesOf } from '../../settings/oidc-setting-problems.js';
import type { OidcSettings } from '../../settings/oidc-settings.schema.js';

/** The parameter of the login path that starts a round; its value is the id of the session that it follows. */
export const ROUND_PARAMETER = 'consent';

/**
 * A second visit to the provider, right after a login that brought no refresh token, with `prompt=consent`. It may only add
 * a refresh token to the grant of that login, or replace one that was answered unclearly before it.
 */
export interface ConsentRound {
  readonly userId: string;
  /** When that login began; milliseconds since 1970. */
  readonly begunAt: number;
  /** The revision of the settings under which the round began. */
  readonly revision: number;
  /** The version of the grant whose refresh token is replaced; absent: there was none. */
  readonly replaces?: number | null;
}

/** How a round ended, with the path of the browser. */
export interface RoundOfAttempt {
  readonly consent: ConsentRound;
  /** Where the login led. */
  readonly returnTo: string;
}

/**
 * Whether the settings ask for refresh tokens, and leave it to Mooring how: `offline_access` (OpenID Connect Core 1.0,
 * section 11), or `access_type=offline` at providers without that scope. A parameter `prompt` in the settings decides alone.
 */
export function mayAskForConsent({
  scope,
  extraRedirectParameters: extra,
}: Pick<OidcSettings, 'scope' | 'extraRedirectParameters'>): boolean {
  if (extra.some(({ name }) => name === 'prompt')) return false;
  const isOfflineAccess = extra.some(({ name, value }) => name === 'access_type' && value === 'offline');
  return isOfflineAccess || scopesOf(scope).includes('offline_access');
}

/** The path that starts the round after the login with this session. */
export function roundPath(sessionId: string, returnTo: string): string {
  const query = new URLSearchParams({ [ROUND_PARAMETER]: sessionId, redirect_url: returnTo });
  return `${OIDC_LOGIN_PATH}?${query}`;
}
