import { createPublicKey, KeyObject } from 'node:crypto';
import { sha256 } from '../../common/crypto/random-text.js';
import type { AssertionAlgorithm } from '../../common/crypto/assertion-key.js';

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

/** The keys for client assertions: which one signs at a given time, and which are published. */
export class ClientKeyRing {
  private readonly newestFirst: readonly OpenedClientKey[];

  constructor(keys: readonly OpenedClientKey[]) {
    this.newestFirst = [...keys].sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime());
  }

  /** The key of an algorithm that signs at a given time: the one that started last; undefined if there is none. */
  signingAt(algorithm: AssertionAlgorithm, now: Date): OpenedClientKey | undefined {
    const keys = this.newestFirst.filter((key) => key.algorithm === algorithm);
    return keys.find(({ signsFrom }) => signsFrom <= now) ?? keys.at(-1);
  }

  /** The keys that will sign, that sign, or that have just been replaced; newest first. */
  publishedAt(now: Date): readonly OpenedClientKey[] {
    return this.newestFirst.filter((key) => !hasEnded(key, this.newestFirst, now));
  }

  /** The ids of stored keys that are no longer published. One that can't be opened ends as if it could, and ends no other. */
  endedAt(stored: readonly StoredClientKey[], now: Date): readonly string[] {
    const isOpened = ({ id }: StoredClientKey) => this.newestFirst.some((key) => key.id === id);
    const ended = stored.filter((key) => hasEnded(key, isOpened(key) ? this.newestFirst : stored, now));
    return ended.map(({ id }) => id);
  }
}

function hasEnded(key: StoredClientKey, among: readonly StoredClientKey[], now: Date): boolean {
  const latest = now.getTime() - PUBLISHED_AFTER_MS;
  return among.some(
    ({ algorithm, signsFrom }) =>
      algorithm === key.algorithm && signsFrom > key.signsFrom && signsFrom.getTime() <= latest,
  );
}
