import { createPublicKey, KeyObject } from 'node:crypto';
import { ASSERTION_ALGORITHMS, AssertionAlgorithm } from '../../common/crypto/assertion-key.js';
import { KeySuccession } from '../../common/crypto/key-succession.js';
import { sha256 } from '../../common/crypto/random-text.js';

/** A replaced key stays published so long: its last assertion, clocks that differ, and requests under way. */
const PUBLISHED_AFTER_MS = 3_600_000;

/** A public key as a JWK (RFC 7517). */
export interface ClientJwk {
  readonly kty: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: AssertionAlgorithm;
}

/** A key of Mooring as a client, opened or not. */
export interface StoredClientKey {
  readonly id: string;
  readonly algorithm: AssertionAlgorithm;
  readonly signsFrom: Date;
}

/** A key of Mooring as a client, opened. */
export interface OpenedClientKey extends StoredClientKey {
  readonly privateKey: KeyObject;
  readonly jwk: ClientJwk;
}

/** The public part of a key; its `kid` is the thumbprint (RFC 7638). */
export function clientJwkOf(privateKey: KeyObject, alg: AssertionAlgorithm): ClientJwk {
  const { crv, e, kty = '', n, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  return { ...members, kid: sha256(JSON.stringify(members)), use: 'sig', alg };
}

/** The keys for client assertions, of each algorithm a succession: which one signs at a given time, and which are published. */
export class ClientKeyRing {
  private readonly successions: Successions<OpenedClientKey>;
  private readonly opened: ReadonlySet<string>;

  constructor(keys: readonly OpenedClientKey[]) {
    this.successions = successionsOf(keys);
    this.opened = new Set(keys.map(({ id }) => id));
  }

  /** The key of an algorithm that signs at a given time: the one that started last; undefined if there is none. */
  signingAt(algorithm: AssertionAlgorithm, now: Date): OpenedClientKey | undefined {
    return this.successions.get(algorithm)?.signingAt(now);
  }

  /** The keys that will sign, that sign, or that have just been replaced; newest first of each algorithm. */
  publishedAt(now: Date): readonly OpenedClientKey[] {
    return [...this.successions.values()].flatMap((succession) => succession.publishedAt(now));
  }

  /** The ids of stored keys that are no longer published. One that can't be opened ends as if it could, and ends no other. */
  endedAt(stored: readonly StoredClientKey[], now: Date): readonly string[] {
    const unopened = endedIn(successionsOf(stored), now).filter((id) => !this.opened.has(id));
    return [...endedIn(this.successions, now), ...unopened];
  }
}

type Successions<Key extends StoredClientKey> = ReadonlyMap<AssertionAlgorithm, KeySuccession<Key>>;

function successionsOf<Key extends StoredClientKey>(keys: readonly Key[]): Successions<Key> {
  const ofAlgorithm = (wanted: AssertionAlgorithm) => keys.filter(({ algorithm }) => algorithm === wanted);
  return new Map(ASSERTION_ALGORITHMS.map((one) => [one, new KeySuccession(ofAlgorithm(one), PUBLISHED_AFTER_MS)]));
}

function endedIn(successions: Successions<StoredClientKey>, now: Date): string[] {
  return [...successions.values()].flatMap((succession) => succession.endedAt(now)).map(({ id }) => id);
}
