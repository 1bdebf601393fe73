import { createRemoteJWKSet, customFetch, jwtVerify, RemoteJWKSet } from 'jose';
import { BoundedFetch, EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { Claims } from './claims.js';
import { isSilence } from './provider-failure.js';
import { ProviderUnavailable } from './provider.errors.js';

// How often, at most, an unknown key id makes the key set be fetched again: strangers can invent key ids.
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
}

/** The public keys of one provider, fetched when first needed and again when a token names a key not seen before. */
export class SigningKeys {
  readonly #keys: RemoteJWKSet;

  constructor(jwksUri: string, { fetch }: BoundedFetch) {
    this.#keys = createRemoteJWKSet(new URL(jwksUri), {
      timeoutDuration: EXCHANGE_DEADLINE_MS,
      cooldownDuration: REFETCH_PAUSE_MS,
      cacheMaxAge: LONGEST_KEPT_MS,
      [customFetch]: async (url, request) => {
        const answer = await fetch(url, request);
        if (isSilence(answer.status)) throw new ProviderUnavailable(`key set: HTTP ${answer.status}`);
        return answer;
      },
    });
  }

  /**
   * The claims of a token whose signature, issuer, audience and times are right (OIDC Core 1.0, section 3.1.3.7). Throws
   * the library's own errors, which hold claims: they must not leave this folder.
   */
  async claimsOf(token: string, expected: TokenExpectation): Promise<Claims & { readonly exp: number }> {
    const { payload } = await jwtVerify<{ exp: number }>(token, this.#keys, {
      algorithms: ALGORITHMS,
      issuer: expected.issuer,
      audience: expected.audience,
      currentDate: expected.at,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['sub', 'iat', 'exp'],
    });
    return payload;
  }
}
