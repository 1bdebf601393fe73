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

/** A failed exchange that says nothing about the grant. */
export interface Silence {
  readonly kind: 'SILENT';
  /** Whether there was no connection at all. */
  readonly isUnreachable: boolean;
  /** Whether there was an answer, although it was of no use: an error of the provider, or of a proxy before it. */
  readonly hasAnswered: boolean;
  /** Whether that answer was an error of the provider itself (HTTP 5xx). */
  readonly isServerError: boolean;
  readonly detail: string;
}

/**
 * The meaning of an answer to a refresh. REFUSED: the grant has ended. CLIENT_REJECTED: our registration or our request was
 * refused, which says nothing about the grant. UNCLEAR: the provider does not refresh, and does not say that the grant has
 * ended. SILENT: there was no usable answer.
 */
export type RefreshAnswer =
  | { readonly kind: 'TOKENS'; readonly tokens: UnverifiedTokens }
  | { readonly kind: 'REFUSED' }
  | { readonly kind: 'CLIENT_REJECTED' }
  | { readonly kind: 'UNCLEAR'; readonly detail: string }
  | Silence;

const OF_THE_GRANT = 'invalid_grant';
const PASSING = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);
const OF_THE_CLIENT = new Set(['invalid_client', 'unsupported_grant_type', 'invalid_scope', 'invalid_target']);
/** Statuses between 400 and 499 that come from proxies and limits, not from a decision about the grant. */
const OF_NO_GRANT = new Set([404, 408, 425, 429]);
const NO_CONNECTION =
  /^proxy: |ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_(CONNECT|SOCKET)/;
const AN_ANSWER = /^(HTTP \d|more than )/;

/**
 * Classifies an answer to a refresh; this rule has no other home. It follows RFC 6749, section 5.2, where providers do; the
 * first match counts:
 *
 * 1. `invalid_grant` with any 4xx ends the grant.
 * 2. An error that passes (`temporarily_unavailable`, `server_error`, `slow_down`) is silence, under any status.
 * 3. An error of the client (`invalid_client` and others), under any status, and any 401 reject the client.
 * 4. 3xx, 404, 408, 425, 429, 5xx and a body that is neither empty nor JSON with an `error` are silence.
 * 5. Every other 4xx is unclear: providers also refuse with `invalid_request`, `unauthorized_client`, sentences, or nothing.
 *
 * 200 with an `error` counts as if the status were 400.
 *
 * @param text the body of the answer
 */
export function refreshAnswerOf(status: number, text: string): RefreshAnswer {
  const body = objectIn(text);
  const error = body?.error || null;
  if (status === 200 && error === null) return tokensOrSilence(body ?? {});
  return refusalOf(status === 200 ? 400 : status, error, text.trim() === '');
}

function refusalOf(status: number, error: unknown, isEmpty: boolean): RefreshAnswer {
  const isRefusal = status >= 400 && status < 500;
  if (isRefusal && error === OF_THE_GRANT) return { kind: 'REFUSED' };
  if (isOneOf(PASSING, error)) return silent(status);
  if (status === 401 || isOneOf(OF_THE_CLIENT, error)) return { kind: 'CLIENT_REJECTED' };
  if (!isRefusal || OF_NO_GRANT.has(status)) return silent(status);
  return error !== null || isEmpty ? { kind: 'UNCLEAR', detail: `HTTP ${status}` } : silent(status);
}

function isOneOf(errors: ReadonlySet<string>, error: unknown): boolean {
  return typeof error === 'string' && errors.has(error);
}

/** The meaning of a failed exchange: no usable answer. Only its kind is kept. */
export function silenceOf(failure: DomainError): Silence {
  const detail = failure.detail ?? failure.code;
  const isUnreachable = NO_CONNECTION.test(detail);
  return { kind: 'SILENT', isUnreachable, hasAnswered: AN_ANSWER.test(detail), isServerError: false, detail };
}

function silent(status: number): Silence {
  const isServerError = status >= 500;
  return { kind: 'SILENT', isUnreachable: false, hasAnswered: true, isServerError, detail: `HTTP ${status}` };
}

function tokensOrSilence(body: Readonly<Record<string, unknown>>): RefreshAnswer {
  const tokens = tokensIn(body);
  return tokens ? { kind: 'TOKENS', tokens } : { ...silent(200), detail: 'an answer without tokens' };
}

function tokensIn(body: Readonly<Record<string, unknown>>): UnverifiedTokens | null {
  const accessToken = textOf(body.access_token);
  const idToken = textOf(body.id_token);
  const refreshToken = textOf(body.refresh_token);
  // A refresh token alone is of no use now, but it may have replaced the one that was sent.
  if (accessToken === null && idToken === null && refreshToken === null) return null;
  return { accessToken, idToken, refreshToken, expiresIn: secondsOf(body.expires_in) };
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
