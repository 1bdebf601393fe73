import { refusesClient, TokenAnswer, TokenEndpoint } from './token-endpoint.js';

/** Short, because nobody needs the answer: what is not revoked ends by itself. */
const DEADLINE_MS = 5_000;

/** What came of a revocation: there is no endpoint for it, the provider revoked the token, or it did not. */
export type RevocationOutcome = 'NOT_OFFERED' | 'REVOKED' | 'FAILED';

/** The tokens of a login; null: the provider gave none. */
export interface RevocableTokens {
  readonly refreshToken: string | null;
  readonly accessToken: string | null;
}

/** The tokens in the answer to a code, whether or not the answer can be used; null if there are none. */
export function revocableIn({ body }: TokenAnswer): RevocableTokens | null {
  const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  const tokens = { refreshToken: textOf(body?.refresh_token), accessToken: textOf(body?.access_token) };
  return tokens.refreshToken === null && tokens.accessToken === null ? null : tokens;
}

/**
 * Revokes the tokens of a login (RFC 7009): the refresh token, with which a provider ends the access token too (section
 * 2.1), or else the access token. Never throws: a provider that fails is an outcome.
 *
 * @param endpoint the revocation endpoint, asked as the token endpoint is; null if there is none
 */
export async function revokeTokens(
  { refreshToken, accessToken }: RevocableTokens,
  endpoint: TokenEndpoint | null,
): Promise<RevocationOutcome> {
  const token = refreshToken ?? accessToken;
  if (endpoint === null || token === null) return 'NOT_OFFERED';
  const hint = refreshToken === null ? 'access_token' : 'refresh_token';
  const form = new URLSearchParams({ token, token_type_hint: hint });
  try {
    const { answer } = await endpoint.ask(form, { deadlineMs: DEADLINE_MS, isRefused: refusesClient });
    return isRevoked(answer) ? 'REVOKED' : 'FAILED';
  } catch {
    return 'FAILED';
  }
}

/** Section 2.2: 200, also for a token that is not valid any more; some providers answer 204. */
function isRevoked({ status }: TokenAnswer): boolean {
  return status === 200 || status === 204;
}
