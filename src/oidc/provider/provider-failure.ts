import { errors as jose } from 'jose';
import { ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { DomainError } from '../../common/errors/domain-error.js';
import { idTokenFailure } from './id-token-failure.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';
import { tlsFailure } from './tls-failure.js';

const UNUSABLE =
  'The OpenID provider sent an answer that cannot be used. Log in again; if this continues, tell an administrator.';

const NO_ANSWER = /^(E[A-Z]+|UND_ERR_[A-Z_]+|OAUTH_TIMEOUT|OAUTH_ABORT)$/;

/**
 * Classifies a failed exchange with the provider: {@link ProviderUnavailable} for no answer (network, timeout, 429, 5xx),
 * {@link ProviderError} for everything else. A {@link DomainError} is returned as it is, also one wrapped by a library.
 *
 * The original is not kept as the cause, because the libraries attach whole answers, claims and tokens to their errors.
 */
export function asProviderFailure(error: unknown): DomainError {
  const chain = causesOf(error);
  const known = chain.find((link): link is DomainError => link instanceof DomainError);
  const detail = detailOf(chain);
  return known ?? recognised(chain) ?? new ProviderError(UNUSABLE, detail, detail);
}

/** Whether an HTTP status means that the provider can't answer at the moment: 429 and 5xx. */
export function isSilence(status: number): boolean {
  return status === 429 || status >= 500;
}

// In this order: the provider's error code counts for more than the HTTP status.
const KINDS = [oauthRefusal, challenged, noAnswer, ofTls, outOfTime, idTokenFailure, otherIssuer];

function recognised(chain: readonly unknown[]): DomainError | undefined {
  return KINDS.flatMap((kind) => chain.map(kind)).find((failure) => failure !== undefined);
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let link = error; link !== undefined && link !== null && chain.length < 8; link = propertyOf(link, 'cause')) {
    chain.push(link);
  }
  return chain;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function codeOf(link: unknown): string {
  const code = propertyOf(link, 'code');
  return typeof code === 'string' ? code : '';
}

function oauthRefusal(link: unknown): DomainError | undefined {
  if (!(link instanceof ResponseBodyError)) return undefined;
  const code = /^[a-z_]{1,64}$/.test(link.error) ? link.error : 'an unknown error code';
  if (code === 'invalid_client' || code === 'unauthorized_client') {
    return clientRefused(code);
  }
  if (isSilence(link.status) || code === 'temporarily_unavailable') return new ProviderUnavailable(code);
  return new ProviderError(UNUSABLE, code, code);
}

// RFC 6749, section 5.2: a refused client that used Basic gets a challenge, which hides the error code.
function challenged(link: unknown): DomainError | undefined {
  const isClientChallenge =
    link instanceof WWWAuthenticateChallengeError && link.cause.some(({ scheme }) => scheme.toLowerCase() === 'basic');
  return isClientChallenge ? clientRefused(`HTTP ${link.status}`) : undefined;
}

/** The refusal of our client id or secret. */
export function clientRefused(detail: string): ProviderError {
  return new ProviderError(
    'The OpenID provider refused the client id or secret. An administrator should check the OIDC settings.',
    detail,
    detail,
  );
}

function noAnswer(link: unknown): DomainError | undefined {
  const status = propertyOf(link, 'status');
  if (typeof status === 'number' && isSilence(status)) return new ProviderUnavailable(`HTTP ${status}`);
  const name = propertyOf(link, 'name');
  const isTimeout = name === 'TimeoutError' || name === 'AbortError' || link instanceof jose.JWKSTimeout;
  if (isTimeout) return new ProviderUnavailable('timeout');
  return NO_ANSWER.test(codeOf(link)) ? new ProviderUnavailable(codeOf(link)) : undefined;
}

function ofTls(link: unknown): DomainError | undefined {
  return tlsFailure(codeOf(link));
}

function outOfTime(link: unknown): DomainError | undefined {
  const isTimestampRefusal = codeOf(link) === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED' || link instanceof jose.JWTExpired;
  if (!isTimestampRefusal) return undefined;
  const { claim, secondsApart } = timeFactsOf(link);
  return new ProviderError(
    `The OpenID provider's ID token is not valid at this time (\`${claim}\`). An administrator should compare the clocks of both servers.`,
    secondsApart,
    `ID token: ${claim} is not valid at this time`,
  );
}

function timeFactsOf(link: unknown): { readonly claim: string; readonly secondsApart: string | undefined } {
  const facts = propertyOf(propertyOf(link, 'cause'), 'cause') ?? propertyOf(link, 'cause');
  const [now, claim] = [propertyOf(facts, 'now'), String(propertyOf(facts, 'claim') ?? propertyOf(link, 'claim'))];
  const stamp = propertyOf(propertyOf(facts, 'claims'), claim);
  const areKnown = typeof now === 'number' && typeof stamp === 'number';
  return { claim, secondsApart: areKnown ? `${claim} differs from our time by ${stamp - now} seconds` : undefined };
}

// RFC 9207, section 2.4; the library's messages are fixed texts.
function otherIssuer(link: unknown): DomainError | undefined {
  if (!(link instanceof Error) || !link.message.includes('"iss" (issuer)')) return undefined;
  const fault = link.message.includes('missing') ? 'is missing' : 'is not the configured issuer';
  return new ProviderError(
    `The OpenID provider sent the browser back with an answer that can't be used: \`iss\` ${fault}. ` +
      'Log in again; if this continues, tell an administrator.',
    `authorization answer: iss ${fault}`,
    `authorization answer: iss ${fault}`,
  );
}

// Names and codes come from the libraries; their messages may quote the provider's answer.
function detailOf(chain: readonly unknown[]): string | undefined {
  const names = chain.filter((link) => link instanceof Error).map((link) => [link.name, codeOf(link)].join(' ').trim());
  const statuses = chain.map((link) => propertyOf(link, 'status')).filter((status) => typeof status === 'number');
  const facts = [...names, ...statuses.map((status) => `HTTP ${status}`)];
  return facts.length > 0 ? facts.join(' < ') : undefined;
}
