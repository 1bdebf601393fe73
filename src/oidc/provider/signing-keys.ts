import { createRemoteJWKSet, customFetch, errors, JWSHeaderParameters, jwtVerify, RemoteJWKSet } from 'jose';
import { Clock } from '../../common/runtime/clock.js';
import { BoundedFetch, EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { Claims } from './claims.js';
import { KeptFailure } from './kept-failure.js';
import { isSilence } from './provider-failure.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';

// How often, at most, unknown key ids make the key set be fetched again: strangers can invent them.
const REFETCH_PAUSE_MS = 5_000;
const LONGEST_KEPT_MS = 600_000;

/** The difference between the provider's clock and ours that is allowed for, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/** Signatures that only the provider can make: none of those made with the client secret, and never `none`. */
export const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Whom a token must come from and be meant for, and the time that it is judged at. */
export interface TokenExpectation {
  readonly issuer: string;
  readonly audience: string;
  readonly at: Date;
  /** What else the token has to have. */
  readonly claims: readonly string[];
}

/** The claims that every ID token has to have (OIDC Core 1.0, section 2). */
export const ID_TOKEN_CLAIMS = ['sub', 'iat', 'exp'] as const;

/** What of a provider decides which signatures are taken. */
export interface SigningMetadata {
  readonly jwks_uri: string;
  /** Null where the document does not say, which means RS256. */
  readonly id_token_signing_alg_values_supported: readonly string[] | null;
}

/**
 * The public keys of one provider, fetched when first needed and again when a token names a key not seen before. While they
 * can't be had the provider is left alone for some seconds each time: strangers can invent tokens.
 */
export class SigningKeys {
  readonly #keys: RemoteJWKSet;
  readonly #algorithms: string[];
  #lookedAgainAt = -Infinity;

  constructor(
    { jwks_uri: jwksUri, id_token_signing_alg_values_supported: published }: SigningMetadata,
    connections: BoundedFetch,
    private readonly clock: Clock,
  ) {
    const failure = new KeptFailure(clock);
    this.#algorithms = ALGORITHMS.filter((algorithm) => (published ?? ['RS256']).includes(algorithm));
    this.#keys = createRemoteJWKSet(new URL(jwksUri), {
      timeoutDuration: EXCHANGE_DEADLINE_MS,
      // When to look again is decided here: a key set that was just fetched may miss a key that is newer still.
      cooldownDuration: Infinity,
      cacheMaxAge: LONGEST_KEPT_MS,
      [customFetch]: (url, request) =>
        failure.unlessFailing(async () => keySetIn(await connections.fetch(url, request))),
    });
  }

  /**
   * The claims of a token whose signature, issuer, audience and times are right (OIDC Core 1.0, section 3.1.3.7), by one of
   * the algorithms that the provider publishes. Throws the library's own errors, which hold claims: they must not leave
   * this folder.
   */
  async claimsOf<T extends Claims>(token: string, expected: TokenExpectation): Promise<T & Claims> {
    const { payload } = await jwtVerify<T>(token, (header) => this.keyFor(header), {
      algorithms: this.#algorithms,
      issuer: expected.issuer,
      audience: expected.audience,
      currentDate: expected.at,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: [...expected.claims],
    });
    return payload;
  }

  // A key set of its own that the token names or brings along (`jku`, `jwk`) is never looked at.
  private async keyFor({ alg, kid }: JWSHeaderParameters) {
    try {
      return await this.#keys({ alg, kid });
    } catch (error) {
      const now = this.clock.now().getTime();
      const mayLook = Math.abs(now - this.#lookedAgainAt) > REFETCH_PAUSE_MS;
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayLook) throw error;
      this.#lookedAgainAt = now;
      await this.#keys.reload();
      return this.#keys({ alg, kid });
    }
  }
}

/** The answer, where it is a key set (RFC 7517, section 5). What is wrong with a single key is for the library to say. */
async function keySetIn(answer: Response): Promise<Response> {
  if (isSilence(answer.status)) throw new ProviderUnavailable(`key set: HTTP ${answer.status}`);
  const body = (await answer
    .clone()
    .json()
    .catch(() => undefined)) as { keys?: unknown } | null | undefined;
  if (answer.status === 200 && Array.isArray(body?.keys)) return answer;
  throw new ProviderError(
    "The OpenID provider's key set can't be used. Log in again; if it goes on, tell an administrator.",
    `key set: HTTP ${answer.status}`,
  );
}
