import { decodeJwt, decodeProtectedHeader } from 'jose';
import { BoundedFetch } from './bounded-fetch.js';
import { Claims } from './claim-paths.js';
import { asProviderFailure } from './provider-failure.js';
import { ProviderError } from './provider.errors.js';
import { ALGORITHMS, SigningKeys } from './signing-keys.js';

/**
 * The deadline of userinfo, in milliseconds. It is short, because the tokens have arrived by then, and the people who wait
 * for them should not get an outage instead.
 */
export const USERINFO_DEADLINE_MS = 5_000;

/**
 * The result of asking userinfo. NOT_ASKED: there is no endpoint or no access token. REFUSED: the access token was refused,
 * by 401, 403, or 400 with the challenge `invalid_token`.
 * OTHER_SUBJECT: the claims are about another person. UNUSABLE: there was no answer, or none with readable claims.
 */
export type UserinfoKind = 'CLAIMS' | 'NOT_ASKED' | 'REFUSED' | 'OTHER_SUBJECT' | 'UNUSABLE';

/** An answer of userinfo. */
export interface UserinfoAnswer {
  readonly kind: UserinfoKind;
  /** The claims, whose `sub` is the expected subject; null unless the kind is CLAIMS. */
  readonly claims: Claims | null;
  /** Why there are no claims, for the log; it quotes nothing of the answer. Null for CLAIMS and NOT_ASKED. */
  readonly failure: string | null;
}

/** The parts of the discovery document that userinfo needs. */
export interface UserinfoMetadata {
  readonly issuer: string;
  /** Null if the provider has no userinfo endpoint. */
  readonly userinfo_endpoint: string | null;
  /** Null if absent: then every algorithm that is accepted for ID tokens. */
  readonly userinfo_signing_alg_values_supported: readonly string[] | null;
}

/** What a signed answer is verified with. */
export interface UserinfoVerification {
  readonly keys: Pick<SigningKeys, 'claimsOf'>;
  readonly clientId: string;
  readonly at: Date;
}

const NOT_ASKED: UserinfoAnswer = { kind: 'NOT_ASKED', claims: null, failure: null };
const INVALID_TOKEN = /^\s*(Bearer|DPoP)\s.*\berror="?invalid_token\b/i;

/**
 * Asks userinfo about a person (OpenID Connect Core 1.0, section 5.3). Never throws for a failure of the provider, because
 * the tokens are valid without userinfo. A signed answer is verified; an encrypted one is not supported.
 *
 * @param subject the subject that the ID token vouches for
 */
export async function askUserinfo(
  accessToken: string | null,
  subject: string,
  metadata: UserinfoMetadata,
  { fetch }: Pick<BoundedFetch, 'fetch'>,
  verification: UserinfoVerification,
): Promise<UserinfoAnswer> {
  const { userinfo_endpoint: url } = metadata;
  if (accessToken === null || url === null) return NOT_ASKED;
  try {
    const headers = { accept: 'application/json, application/jwt', authorization: `Bearer ${accessToken}` };
    const answer = await fetch(url, { method: 'GET', headers, deadlineMs: USERINFO_DEADLINE_MS });
    if (answer.status !== 200) return noClaims(kindOf(answer), `HTTP ${answer.status}`);
    return aboutSubject(subject, await claimsIn(await answer.text(), metadata, verification));
  } catch (error) {
    const { detail, code } = asProviderFailure(error);
    return noClaims('UNUSABLE', detail ?? code);
  }
}

/** The claims for a login; null if there are none. Throws {@link ProviderError} if they are about another person. */
export function claimsForLogin({ kind, claims, failure }: UserinfoAnswer): Claims | null {
  if (kind !== 'OTHER_SUBJECT') return claims;
  throw new ProviderError(
    "The OpenID provider's userinfo is about another person than its ID token (`sub`). Log in again; if this continues, tell an administrator.",
    failure ?? undefined,
    failure ?? undefined,
  );
}

function noClaims(kind: UserinfoKind, what: string): UserinfoAnswer {
  return { kind, claims: null, failure: `userinfo: ${what}` };
}

/** RFC 6750, section 3.1. Any other status is of the endpoint or of what is before it, and says nothing about the person. */
function kindOf({ status, headers }: Response): UserinfoKind {
  const isRefused = status === 401 || status === 403;
  return isRefused || (status === 400 && INVALID_TOKEN.test(headers.get('www-authenticate') ?? ''))
    ? 'REFUSED'
    : 'UNUSABLE';
}

/** OpenID Connect Core 1.0, section 5.3.2: claims about another subject must not be used. */
function aboutSubject(subject: string, claims: Claims | string): UserinfoAnswer {
  if (typeof claims === 'string') return noClaims('UNUSABLE', claims);
  const { sub } = claims;
  if (sub === undefined || sub === null || sub === '') return noClaims('UNUSABLE', 'without sub');
  // Some providers send numbers here, and text in the ID token. A greater number has lost digits when it was parsed.
  const told = typeof sub === 'number' && Number.isSafeInteger(sub) ? String(sub) : sub;
  if (typeof told !== 'string') return noClaims('UNUSABLE', 'sub is not a text');
  if (told !== subject) return noClaims('OTHER_SUBJECT', 'another sub');
  return { kind: 'CLAIMS', claims: { ...claims, sub: subject }, failure: null };
}

/** The claims in the body of an answer, or what is wrong with it. */
async function claimsIn(
  body: string,
  metadata: UserinfoMetadata,
  verification: UserinfoVerification,
): Promise<Claims | string> {
  const parts = body.trim().split('.');
  const isCompact = parts.every((part) => /^[\w-]*$/.test(part));
  if (isCompact && parts.length === 5) return 'encrypted, which is not supported';
  if (isCompact && parts.length === 3) return verifiedClaims(body.trim(), metadata, verification);
  return objectIn(body) ?? 'not a JSON object';
}

// OpenID Connect Core 1.0, section 5.3.2: issuer and audience should be there, but need not.
async function verifiedClaims(
  token: string,
  { issuer, userinfo_signing_alg_values_supported: published }: UserinfoMetadata,
  { keys, clientId: audience, at }: UserinfoVerification,
): Promise<Claims | string> {
  const algorithms = ALGORITHMS.filter((algorithm) => published?.includes(algorithm) ?? true);
  const { alg } = decodeProtectedHeader(token);
  if (!algorithms.includes(String(alg))) return `signed with ${shown(alg)}, which is not accepted`;
  const { iss, aud } = decodeJwt<Claims>(token);
  const expected = { issuer: isAbsent(iss) ? null : issuer, audience: isAbsent(aud) ? null : audience };
  return keys.claimsOf(token, { ...expected, algorithms, at, claims: [] });
}

function objectIn(body: string): Claims | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : null;
  } catch {
    return null;
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function shown(algorithm: unknown): string {
  return typeof algorithm === 'string' && /^[A-Za-z0-9]{1,16}$/.test(algorithm) ? algorithm : 'an unknown algorithm';
}
