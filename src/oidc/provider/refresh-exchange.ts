import { DomainError } from '../../common/errors/domain-error.js';
import { EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { asProviderFailure } from './provider-failure.js';
import { RefreshAnswer, refreshAnswerOf, silenceOf } from './refresh-answer.js';
import { RefreshedGroups } from './refresh-userinfo.js';
import { hasTokens, refusesClient, TokenEndpoint } from './token-endpoint.js';
import { USERINFO_DEADLINE_MS } from './userinfo.js';

/**
 * The deadline of a refresh, in milliseconds. It is longer than any caller waits, because a rotated refresh token is in no
 * other answer.
 */
const REFRESH_DEADLINE_MS = 30_000;

/**
 * The longest time that a refresh takes after its request is sent, in milliseconds: userinfo included, the key set for the ID
 * token and for signed userinfo, and one more fetch of it, after a pause, for a key that is not in it yet.
 */
export const WHOLE_REFRESH_MS = REFRESH_DEADLINE_MS + 4 * EXCHANGE_DEADLINE_MS + USERINFO_DEADLINE_MS;

/** The tokens of a refresh; the ID token, if there is one, is verified. */
export interface RefreshedTokens extends RefreshedGroups {
  /** Null if the provider sent none (OIDC Core 1.0, section 12.2). */
  readonly idToken: string | null;
  readonly accessToken: string | null;
  /** The ID token's `exp`, or else now plus the access token's `expires_in`; null if neither is known. */
  readonly expiresAt: Date | null;
}

/**
 * Sends a refresh token to the token endpoint (RFC 6749, section 6). Every failure of the provider is an answer. After a
 * refusal of the client the other method of authentication is tried; its answer counts only if it has tokens, because the
 * first try may have used up the refresh token.
 */
export async function askForRefresh(refreshToken: string, endpoint: TokenEndpoint): Promise<RefreshAnswer> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  try {
    const attempt = await endpoint.ask(form, { deadlineMs: REFRESH_DEADLINE_MS, isRefused: refusesClient });
    const answer = hasTokens(attempt.answer) ? attempt.answer : (attempt.refused ?? attempt.answer);
    return refreshAnswerOf(answer.status, answer.text);
  } catch (error) {
    return silenceOf(error instanceof DomainError ? error : asProviderFailure(error));
  }
}
