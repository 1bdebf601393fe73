import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  decodeProtectedHeader,
  errors,
  JWK,
  jwtVerify,
  JWTVerifyOptions,
  RemoteJWKSet,
} from 'jose';
import { Clock } from '../../common/runtime/clock.js';
import { BoundedFetch, EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { Claims, isObject } from './claim-paths.js';
import { algorithmRefused } from './id-token-failure.js';
import { KeptFailure } from './kept-failure.js';
import { KeySet, keySetIn, unlessUnusable } from './key-set.js';

// The shortest time between two fetches for unknown key ids, which anyone can invent.
const REFETCH_PAUSE_MS = 5_000;
const LONGEST_KEPT_MS = 600_000;
/** How many keys of one id are tried: anyone can send logout tokens. */
const MOST_KEYS_TRIED = 8;

type LocalKeys = ReturnType<typeof createLocalJWKSet>;

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
  /**
   * Whether a token of an unknown key waits, up to five seconds, until the keys may be fetched again. Not for tokens that
   * strangers can send.
   */
  readonly mayWait?: boolean;
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

/** The token is signed by a key that is not known, so that fetching the keys again may help. */
class KeyUnknown {
  constructor(readonly cause: Error) {}
}

/**
 * The public keys of one provider, fetched when first needed and again when a token names an unknown key. After a failure
 * the provider is not asked for some seconds, because anyone can invent tokens.
 */
export class SigningKeys {
  readonly #keys: RemoteJWKSet;
  readonly #algorithms: string[];
  #withoutId: LocalKeys | null = null;
  #lookedAt = -Infinity;
  #looks = 0;
  /** The fetch for an unknown key that is under way, and the one that is due after the pause. */
  #look: Promise<void> | null = null;
  #nextLook: Promise<void> | null = null;

  constructor(
    { jwks_uri: jwksUri, id_token_signing_alg_values_supported: published }: SigningMetadata,
    connections: Pick<BoundedFetch, 'fetch'>,
    private readonly clock: Clock,
  ) {
    const failure = new KeptFailure(clock);
    this.#algorithms = ALGORITHMS.filter((algorithm) => (published ?? ['RS256']).includes(algorithm));
    this.#keys = createRemoteJWKSet(new URL(jwksUri), {
      timeoutDuration: EXCHANGE_DEADLINE_MS,
      // `lookAgain` decides when to fetch again: even a key set that was just fetched may lack a newer key.
      cooldownDuration: Infinity,
      cacheMaxAge: LONGEST_KEPT_MS,
      [customFetch]: (url, request) =>
        failure.unlessFailing(async () => this.keep(await keySetIn(await connections.fetch(url, request)))),
    });
  }

  /**
   * Verifies signature, issuer, audience and times of a token, with the algorithms that the provider publishes (OIDC Core
   * 1.0, section 3.1.3.7), and returns its claims. If its key is unknown, the keys are fetched again, at most every five
   * seconds. Throws `ProviderError` if its algorithm is not accepted, else the library's errors, which contain claims:
   * they must not leave this folder.
   */
  async claimsOf<T extends Claims>(token: string, expected: TokenExpectation): Promise<T & Claims> {
    const looksBefore = this.#looks;
    const first = await this.verify<T>(token, expected);
    if (!(first instanceof KeyUnknown)) return first;
    // Another token has had the keys fetched meanwhile, or has it done now.
    if (this.#look !== null || this.#looks !== looksBefore) {
      await this.#look;
      const second = await this.verify<T>(token, expected);
      if (!(second instanceof KeyUnknown)) return second;
    }
    if (!(await this.lookAgain(expected.mayWait ?? false))) throw first.cause;
    const last = await this.verify<T>(token, expected);
    if (last instanceof KeyUnknown) throw last.cause;
    return last;
  }

  /** Fetches the keys again, or waits until that may be done; all who wait share one fetch. False: it was done just now. */
  private async lookAgain(mayWait: boolean): Promise<boolean> {
    // A clock that was set back must not prolong the pause.
    const leftMs = REFETCH_PAUSE_MS - Math.abs(this.clock.now().getTime() - this.#lookedAt);
    if (leftMs > 0 && !mayWait) return false;
    if (leftMs <= 0) await this.look();
    else await (this.#nextLook ??= pause(leftMs).then(() => this.look()));
    return true;
  }

  private look(): Promise<void> {
    this.#lookedAt = this.clock.now().getTime();
    this.#nextLook = null;
    const look = this.#keys.reload().finally(() => {
      this.#look = null;
      this.#looks++;
    });
    this.#look = look;
    return look;
  }

  private async verify<T extends Claims>(
    token: string,
    expected: TokenExpectation,
  ): Promise<(T & Claims) | KeyUnknown> {
    const algorithms = [...(expected.algorithms ?? this.#algorithms)];
    const options: JWTVerifyOptions = {
      algorithms,
      issuer: expected.issuer ?? undefined,
      audience: expected.audience ?? undefined,
      currentDate: expected.at,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: [...expected.claims],
    };
    try {
      // Keys that the token itself names or contains (`jku`, `jwk`) are never used.
      return (await jwtVerify<T>(token, ({ alg, kid }) => this.#keys({ alg, kid }), options)).payload;
    } catch (error) {
      if (error instanceof errors.JOSEAlgNotAllowed) throw algorithmRefused(decodeProtectedHeader(token).alg);
      return this.verifyByOthers<T>(token, options, error);
    }
  }

  /** Tries the keys that share the id of the token's, or the only one without an id. */
  private async verifyByOthers<T extends Claims>(token: string, options: JWTVerifyOptions, error: unknown) {
    if (!isAboutKeys(error)) return unlessUnusable(error);
    const { alg, kid } = decodeProtectedHeader(token);
    if (error instanceof errors.JWKSMultipleMatchingKeys) {
      if (kid === undefined) throw error;
      return verifyByAny<T>(token, error, options);
    }
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      if (kid === undefined) return new KeyUnknown(error);
      throw error;
    }
    const only = kid === undefined ? null : await this.#withoutId?.({ alg: String(alg) }).catch(() => null);
    if (!only) return new KeyUnknown(error);
    const verified = await jwtVerify<T>(token, only, options).catch(unlessSignature);
    return verified === null ? new KeyUnknown(error) : verified.payload;
  }

  private keep({ answer, keys }: KeySet): Response {
    const withoutId = keys.filter((key) => isObject(key) && (key.kid === undefined || key.kid === null)) as JWK[];
    this.#withoutId = withoutId.length > 0 ? createLocalJWKSet({ keys: withoutId }) : null;
    return answer;
  }
}

/** A failure that other keys may overcome. */
function isAboutKeys(error: unknown): error is Error {
  return [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JWSSignatureVerificationFailed].some(
    (kind) => error instanceof kind,
  );
}

async function verifyByAny<T extends Claims>(
  token: string,
  keys: errors.JWKSMultipleMatchingKeys,
  options: JWTVerifyOptions,
): Promise<T & Claims> {
  let tried = 0;
  for await (const key of keys) {
    if (++tried > MOST_KEYS_TRIED) break;
    const verified = await jwtVerify<T>(token, key, options).catch(unlessSignature);
    if (verified) return verified.payload;
  }
  throw new errors.JWSSignatureVerificationFailed();
}

function unlessSignature(error: unknown): null {
  const isOfTheKey = error instanceof errors.JWSSignatureVerificationFailed || !(error instanceof errors.JOSEError);
  if (isOfTheKey) return null;
  throw error;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => void setTimeout(done, milliseconds).unref());
}
