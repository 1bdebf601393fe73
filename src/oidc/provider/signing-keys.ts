import { createRemoteJWKSet, customFetch, errors, JWSHeaderParameters, jwtVerify, RemoteJWKSet } from 'jose';
import { Clock } from '../../common/runtime/clock.js';
import { BoundedFetch, EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { Claims } from './claims.js';
import { KeptFailure } from './kept-failure.js';
import { isSilence } from './provider-failure.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';

// The shortest time between two fetches for unknown key ids, which anyone can invent.
const REFETCH_PAUSE_MS = 5_000;
const LONGEST_KEPT_MS = 600_000;

/** The tolerated difference between the provider's clock and ours, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/** Accepted signature algorithms: asymmetric ones only, so neither those with the client secret nor `none`. */
export const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** The expected issuer and audience of a token, and the time at which it is checked. */
export interface TokenExpectation {
  /** Null: not checked. */
  readonly issuer: string | null;
  /** Null: not checked. */
  readonly audience: string | null;
  readonly at: Date;
  /** The accepted algorithms; by default those that the provider publishes for ID tokens. */
  readonly algorithms?: readonly string[];
  /** The other claims that the token must have. */
  readonly claims: readonly string[];
}

/** The claims that every ID token must have (OIDC Core 1.0, section 2). */
export const ID_TOKEN_CLAIMS = ['sub', 'iat', 'exp'] as const;

/** The metadata of a provider that decides which signatures are accepted. */
export interface SigningMetadata {
  readonly jwks_uri: string;
  /** Null if absent, which means RS256. */
  readonly id_token_signing_alg_values_supported: readonly string[] | null;
}

/**
 * The public keys of one provider, fetched when first needed and again when a token names an unknown key. After a failure
 * the provider is not asked for some seconds, because anyone can invent tokens.
 */
export class SigningKeys {
  readonly #keys: RemoteJWKSet;
  readonly #algorithms: string[];
  #refetchedAt = -Infinity;

  constructor(
    { jwks_uri: jwksUri, id_token_signing_alg_values_supported: published }: SigningMetadata,
    connections: BoundedFetch,
    private readonly clock: Clock,
  ) {
    const failure = new KeptFailure(clock);
    this.#algorithms = ALGORITHMS.filter((algorithm) => (published ?? ['RS256']).includes(algorithm));
    this.#keys = createRemoteJWKSet(new URL(jwksUri), {
      timeoutDuration: EXCHANGE_DEADLINE_MS,
      // `keyFor` decides when to fetch again: even a key set that was just fetched may lack a newer key.
      cooldownDuration: Infinity,
      cacheMaxAge: LONGEST_KEPT_MS,
      [customFetch]: (url, request) =>
        failure.unlessFailing(async () => keySetIn(await connections.fetch(url, request))),
    });
  }

  /**
   * Verifies signature, issuer, audience and times of a token, with the algorithms that the provider publishes (OIDC Core
   * 1.0, section 3.1.3.7), and returns its claims. Throws the library's errors, which contain claims: they must not leave
   * this folder.
   */
  async claimsOf<T extends Claims>(token: string, expected: TokenExpectation): Promise<T & Claims> {
    const { payload } = await jwtVerify<T>(token, (header) => this.keyFor(header), {
      algorithms: [...(expected.algorithms ?? this.#algorithms)],
      issuer: expected.issuer ?? undefined,
      audience: expected.audience ?? undefined,
      currentDate: expected.at,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: [...expected.claims],
    });
    return payload;
  }

  // Keys that the token itself names or contains (`jku`, `jwk`) are never used.
  private async keyFor({ alg, kid }: JWSHeaderParameters) {
    try {
      return await this.#keys({ alg, kid });
    } catch (error) {
      const now = this.clock.now().getTime();
      const mayRefetch = Math.abs(now - this.#refetchedAt) > REFETCH_PAUSE_MS;
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayRefetch) throw error;
      this.#refetchedAt = now;
      await this.#keys.reload();
      return this.#keys({ alg, kid });
    }
  }
}

/** The answer, if it is a key set (RFC 7517, section 5). The library checks the single keys. */
async function keySetIn(answer: Response): Promise<Response> {
  if (isSilence(answer.status)) throw new ProviderUnavailable(`key set: HTTP ${answer.status}`);
  const body = (await answer
    .clone()
    .json()
    .catch(() => undefined)) as { keys?: unknown } | null | undefined;
  if (answer.status === 200 && Array.isArray(body?.keys)) return answer;
  throw new ProviderError(
    "The OpenID provider's key set can't be used. Log in again; if this continues, tell an administrator.",
    `key set: HTTP ${answer.status}`,
  );
}
