import { DomainError } from '../../common/errors/domain-error.js';
import { EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { asProviderFailure } from './provider-failure.js';
import { RefreshAnswer, refreshAnswerOf, silenceOf } from './refresh-answer.js';
import { RefreshedGroups } from './refresh-userinfo.js';
import { refusesClient, TokenAttempt, TokenEndpoint } from './token-endpoint.js';
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

/** The longest time until a refresh has brought the next refresh token, the provider's metadata included; in milliseconds. */
export const UNTIL_NEXT_TOKEN_MS = EXCHANGE_DEADLINE_MS + REFRESH_DEADLINE_MS;

/** How long a refresh takes at most, in milliseconds: to its end, and until the next refresh token is there. */
export const REFRESH_TIMES = { wholeMs: WHOLE_REFRESH_MS, untilNextTokenMs: UNTIL_NEXT_TOKEN_MS } as const;

/** The tokens of a refresh; the ID token, if there is one, is verified. */
export interface RefreshedTokens extends RefreshedGroups {
  /** Null if the provider sent none (OIDC Core 1.0, section 12.2). */
  readonly idToken: string | null;
  readonly accessToken: string | null;
  /** The ID token's `exp`, or else now plus the access token's `expires_in`; null if neither is known. */
  readonly expiresAt: Date | null;
}

/** Sends a refresh token to the token endpoint (RFC 6749, section 6). Every failure of the provider is an answer. */
export async function askForRefresh(refreshToken: string, endpoint: TokenEndpoint): Promise<RefreshAnswer> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  try {
    return meaningOf(await endpoint.ask(form, { deadlineMs: REFRESH_DEADLINE_MS, isRefused: refusesClient }));
  } catch (error) {
    return silenceOf(error instanceof DomainError ? error : asProviderFailure(error));
  }
}

/**
 * The meaning of an answer. After a refusal of the client the other method of authentication was tried; its answer counts if
 * it has tokens. If it is about the grant, the grant is unclear and has not ended: the first try may have used up the refresh
 * token, and some providers look for the token before they authenticate the client, so that nothing is proved about the
 * method either. A login finds the right one.
 */
function meaningOf({ method, answer, refused }: TokenAttempt): RefreshAnswer {
  const meaning = refreshAnswerOf(answer.status, answer.text);
  if (refused === null || meaning.kind === 'TOKENS') return meaning;
  if (meaning.kind === 'REFUSED' || (meaning.kind === 'UNCLEAR' && answer.error === 'access_denied')) {
    return { kind: 'UNCLEAR', detail: `HTTP ${refused.status}, then HTTP ${answer.status} by ${method}` };
  }
  return refreshAnswerOf(refused.status, refused.text);
}
