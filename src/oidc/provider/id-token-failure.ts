import { errors as jose } from 'jose';
import { DomainError } from '../../common/errors/domain-error.js';
import { answerFault, formOf, idTokenFault } from './member-fault.js';
import { ProviderError } from './provider.errors.js';

const NAMED_MEMBER = /(?:ID Token|JWT) "(\w+)"/;
const NO_TOKEN = /^(Invalid JWT|.*JWT (Header|Payload).*)$/;
const NUMBERS = new Set(['exp', 'iat', 'nbf', 'auth_time']);
const ALGORITHM = /^[A-Za-z0-9-]{1,16}$/;

/** What is wrong with a claim of the right type. */
const OTHER_VALUES: Readonly<Record<string, string>> = {
  iss: 'is not the configured issuer',
  aud: 'is not for our client id only',
  azp: 'is not our client id',
  nonce: 'is not the one of this login',
};

/** The refusal of an ID token from an error of the libraries, with the member that it is for; undefined for other errors. */
export function idTokenFailure(link: unknown): DomainError | undefined {
  if (!(link instanceof Error)) return undefined;
  if (link instanceof jose.JWTClaimValidationFailed) return claimFault(link.claim, link.payload[link.claim]);
  return signatureFailure(link) ?? claimFailure(link);
}

/** The refusal of an ID token by an algorithm that is not accepted. */
export function algorithmRefused(algorithm: unknown): ProviderError {
  const name = typeof algorithm === 'string' && ALGORITHM.test(algorithm) ? algorithm : 'an unknown algorithm';
  return new ProviderError(
    `The OpenID provider signed the ID token by ${name}, which is symmetric or not in its discovery document. ` +
      'An administrator should choose a signing key for this client at the provider, such as one for RS256.',
    `ID token: alg is ${name}`,
    `ID token: alg is ${name}`,
  );
}

function signatureFailure(link: Error): DomainError | undefined {
  if (link instanceof jose.JWKSNoMatchingKey) {
    return idTokenFault('kid', "names a key that the provider's key set does not hold, or of another algorithm");
  }
  if (link instanceof jose.JWKSMultipleMatchingKeys) {
    return idTokenFault('kid', "is missing, but the provider's key set holds several keys");
  }
  if (link instanceof jose.JWSSignatureVerificationFailed) {
    return idTokenFault('signature', "is not by the provider's key");
  }
  return link instanceof jose.JWTInvalid || link instanceof jose.JWSInvalid ? notAToken() : undefined;
}

/** Reads the errors of openid-client, whose messages are fixed texts with the name of the claim. */
function claimFailure(link: Error): DomainError | undefined {
  if (!/^OAUTH_/.test(String((link as { code?: unknown }).code))) return undefined;
  const { message } = link;
  if (message.startsWith('JWE')) return answerFault('id_token', 'is encrypted, which Mooring does not support');
  if (NO_TOKEN.test(message)) return notAToken();
  const member = NAMED_MEMBER.exec(message)?.[1];
  if (member === undefined) return undefined;
  const facts = (link.cause ?? {}) as { claims?: Record<string, unknown>; header?: Record<string, unknown> };
  return member === 'alg' ? algorithmRefused(facts.header?.alg) : claimFault(member, facts.claims?.[member]);
}

function claimFault(claim: string, value: unknown): ProviderError {
  if (value === undefined) return idTokenFault(claim, 'is missing');
  const type = NUMBERS.has(claim) ? 'number' : 'string';
  const isOfType = typeof value === type || (claim === 'aud' && Array.isArray(value));
  const expected = type === 'number' ? 'a number' : 'a text';
  return idTokenFault(
    claim,
    isOfType ? (OTHER_VALUES[claim] ?? 'is not valid') : `is ${formOf(value)}, not ${expected}`,
  );
}

function notAToken(): ProviderError {
  return answerFault('id_token', 'is not a signed token (JWT)');
}
