import { DomainError } from '../../common/errors/domain-error.js';

/** The tokens of a successful refresh, as the provider sent them: nothing in them has been verified. */
export interface UnverifiedTokens {
  readonly idToken: string | null;
  readonly accessToken: string | null;
  /** Null where the provider sends none back: the old one stays (RFC 6749, section 6). */
  readonly refreshToken: string | null;
  /** In seconds; null where the provider does not say. */
  readonly expiresIn: number | null;
}

/**
 * What an answer to a refresh means. REFUSED: the grant has ended. CLIENT_REJECTED: our own client credentials were
 * refused, which says nothing about the grant. SILENT: no answer that could be used; `isUnreachable` where there was no
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
 * Tells refused, our own fault and silent apart: the one home of that rule (RFC 6749, section 5.2). Our own fault is
 * asked first, under any status; then any other 400 is a refusal, for some providers send no body with it.
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

/** What a failed exchange means: no answer at all, of which nothing but the kind is kept. */
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

// Some providers send the number as a text.
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
