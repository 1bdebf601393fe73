import { DomainError } from '../../common/errors/domain-error.js';
import { Claims } from './claim-paths.js';
import { answerFault, formOf } from './member-fault.js';
import { clientRefused, isSilence } from './provider-failure.js';
import { CodeSpent, ProviderError, ProviderUnavailable } from './provider.errors.js';
import { isSuccess, refusesClient, shownCode, TokenAnswer, TokenAttempt } from './token-endpoint.js';

const OF_OUR_NAME = new Set(['invalid_client', 'unauthorized_client']);
const FOR_THE_MOMENT = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);
const OF_THE_REQUEST = new Set(['invalid_request', 'unsupported_grant_type', 'invalid_scope', 'invalid_target']);

/** An answer to a code in the form of the standard, and what was not so in the provider's. */
export interface CodeAnswer {
  readonly tokens: Readonly<Record<string, string | number>>;
  /** What was tolerated, such as `token_type is missing`; without values. */
  readonly tolerated: readonly string[];
}

/**
 * The refusal that an answer to a code stands for; null if it is a success (RFC 6749, section 5.2). 200 with an `error`
 * counts as a refusal.
 */
export function codeRefusal({ answer, refused }: TokenAttempt): DomainError | null {
  if (isSuccess(answer)) return null;
  const detail = [refused, answer].flatMap((one) => (one === null ? [] : [detailOf(one)])).join(', then ');
  if (refused !== null && answer.error === 'invalid_grant') return new CodeSpent(detail);
  if (answer.error !== null && FOR_THE_MOMENT.has(answer.error)) return new ProviderUnavailable(detail);
  if (refusesOurName(answer)) return clientRefused(detail);
  if (isSilence(answer.status)) return new ProviderUnavailable(detail);
  if (answer.error === null) return unreadable(answer);
  return new ProviderError(`The OpenID provider refused the login: ${causeOf(answer.error)}`, detail, detail);
}

/**
 * A successful answer to a code (RFC 6749, section 5.1; OpenID Connect Core 1.0, section 3.1.3.3), made strict: members that
 * are null count as absent, and so do an empty refresh token and a lifetime or scope of another form; an absent `token_type`
 * is Bearer; a list of scopes is joined.
 *
 * @throws {ProviderError} which names the member that can't be used
 */
export function codeAnswer({ body }: TokenAnswer): CodeAnswer {
  const answer = Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => value !== null));
  const required = { access_token: textIn(answer, 'access_token'), id_token: textIn(answer, 'id_token') };
  const optional = {
    token_type: 'token_type' in answer ? textIn(answer, 'token_type') : 'Bearer',
    refresh_token: answer.refresh_token === '' ? undefined : optionalText(answer, 'refresh_token'),
    expires_in: secondsOf(answer.expires_in),
    scope: scopeOf(answer.scope),
  };
  if (!/^(bearer|dpop)$/i.test(optional.token_type)) throw answerFault('token_type', 'is not Bearer');
  const known = Object.entries({ ...required, ...optional }).filter(([, value]) => value !== undefined);
  return { tokens: Object.fromEntries(known) as CodeAnswer['tokens'], tolerated: toleratedIn(body ?? {}) };
}

function textIn(answer: Claims, member: string): string {
  const value = answer[member];
  if (typeof value === 'string' && value !== '') return value;
  const form = formOf(value);
  throw answerFault(member, value === undefined || value === '' ? `is ${form}` : `is ${form}, not a text`);
}

function optionalText(answer: Claims, member: string): string | undefined {
  return answer[member] === undefined ? undefined : textIn(answer, member);
}

/** A lifetime; some providers send it as text. */
function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function scopeOf(value: unknown): string | undefined {
  const scopes = Array.isArray(value) ? value : [value];
  return value !== undefined && scopes.every((scope) => typeof scope === 'string') ? scopes.join(' ') : undefined;
}

function toleratedIn(body: Claims): string[] {
  const { token_type: type, refresh_token: refreshToken, expires_in: life, scope } = body;
  const odd: Record<string, boolean> = {
    token_type: type === undefined || type === null,
    refresh_token: refreshToken === null || refreshToken === '',
    expires_in: life !== undefined && typeof life !== 'number',
    scope: scope !== undefined && typeof scope !== 'string',
  };
  return Object.keys(odd).flatMap((member) => (odd[member] ? [`${member} is ${formOf(body[member])}`] : []));
}

// The other errors about the client are about its request, such as its scope.
function refusesOurName(answer: TokenAnswer): boolean {
  const { status, error } = answer;
  return refusesClient(answer) && (status === 401 || (error !== null && OF_OUR_NAME.has(error)));
}

/** The cause that an error code stands for (RFC 6749, sections 4.1.2.1 and 5.2), with the next step. */
function causeOf(error: string): string {
  const shown = shownCode(error);
  const code = shown === error ? ` (\`${error}\`)` : '';
  if (error === 'invalid_grant') {
    return `it does not accept the code that it sent with your browser${code}. Log in again; if this continues, tell an administrator.`;
  }
  if (error === 'access_denied') return `it does not let you in${code}. Ask its administrator for access.`;
  if (OF_THE_REQUEST.has(error)) {
    return `it does not accept the request that Mooring makes for tokens${code}. An administrator should compare the OIDC settings with the registration of the client at the provider.`;
  }
  return `it answered with an error${code}. Log in again; if this continues, tell an administrator.`;
}

function detailOf({ status, error }: TokenAnswer): string {
  return error === null ? `HTTP ${status}` : `HTTP ${status} ${shownCode(error)}`;
}

function unreadable(answer: TokenAnswer): ProviderError {
  const fault = answer.status === 200 ? 'it is not a JSON object' : `it is HTTP ${answer.status} without an error code`;
  return new ProviderError(
    `The OpenID provider's token answer can't be used: ${fault}. An administrator should check the provider.`,
    `token answer: ${fault}`,
    `token answer: ${fault}`,
  );
}
