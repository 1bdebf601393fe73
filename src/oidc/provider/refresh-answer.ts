import { DomainError } from '../../common/errors/domain-error.js';

/** The tokens of a successful refresh, as the provider sent them and not yet verified. */
export interface UnverifiedTokens {
  readonly idToken: string | null;
  readonly accessToken: string | null;
  /** Null if the provider sends none: the old one stays valid (RFC 6749, section 6). */
  readonly refreshToken: string | null;
  /** In seconds; null if the provider does not send it. */
  readonly expiresIn: number | null;
}

/**
 * The meaning of an answer to a refresh. REFUSED: the grant has ended. CLIENT_REJECTED: our client credentials were
 * refused, which says nothing about the grant. SILENT: there was no usable answer; `isUnreachable` if there was no
 * connection at all.
 */
export type RefreshAnswer =
  | { readonly kind: 'TOKENS'; readonly tokens: UnverifiedTokens }
  | { readonly kind: 'REFUSED' }
  | { readonly kind: 'CLIENT_REJECTED' }
  | { readonly kind: 'SILENT'; readonly isUnreachable: boolean; readonly detail: string };

const OF_THE_CLIENT = new Set(['invalid_client', 'unauthorized_client']);
const OF_THE_GRANT = 'invalid_grant';
const NO_CONNECTION = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_(CONNECT|SOCKET)/;

/**
 * Classifies an answer to a refresh; this rule has no other home (RFC 6749, section 5.2). A rejected client is recognised
 * first, under any status. Every other 400 is a refusal, because some providers send it without a body.
 *
 * @param text the body of the answer
 */
export function refreshAnswerOf(status: number, text: string): RefreshAnswer {
  const body = objectIn(text);
  const error = textOf(body?.error);
  if (error !== null && OF_THE_CLIENT.has(error)) return { kind: 'CLIENT_REJECTED' };
  if (error === OF_THE_GRANT && status >= 400 && status < 500) return { kind: 'REFUSED' };
  if (status === 401) return { kind: 'CLIENT_REJECTED' };
  if (status === 400) return { kind: 'REFUSED' };
  if (status !== 200) return silent(`HTTP ${status}`);
  const tokens = tokensIn(body ?? {});
  return tokens ? { kind: 'TOKENS', tokens } : silent('an answer without tokens');
}

/** The meaning of a failed exchange: no answer. Only its kind is kept. */
export function silenceOf(failure: DomainError): RefreshAnswer {
  const detail = failure.detail ?? failure.code;
  return { kind: 'SILENT', isUnreachable: NO_CONNECTION.test(detail), detail };
}

function silent(detail: string): RefreshAnswer {
  return { kind: 'SILENT', isUnreachable: false, detail };
}

function tokensIn(body: Readonly<Record<string, unknown>>): UnverifiedTokens | null {
  const accessToken = textOf(body.access_token);
  const idToken = textOf(body.id_token);
  if (accessToken === null && idToken === null) return null;
  return { accessToken, idToken, refreshToken: textOf(body.refresh_token), expiresIn: secondsOf(body.expires_in) };
}

// Some providers send the number as a string.
function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
