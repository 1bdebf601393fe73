import { KeyObject } from 'node:crypto';
import { KeySuccession } from '../../common/crypto/key-succession.js';
import { sha256 } from '../../common/crypto/random-text.js';
import { CertificateAuthority } from './signing-certificate.js';
import { successionOfTokenKeys } from './token-key-succession.js';

/** A public key as a JWK (RFC 7517). */
export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
}

/** A key that signs registry tokens from a given time until its successor does. */
export interface TokenKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: PublicJwk;
  readonly signsFrom: Date;
}

/** The public part of a P-256 key; its `kid` is the thumbprint (RFC 7638). */
export function publicJwkOf(publicKey: KeyObject): PublicJwk {
  const { crv = '', kty = '', x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { kty, crv, x, y, kid: sha256(JSON.stringify({ crv, kty, x, y })), use: 'sig', alg: 'ES256' };
}

/** The keys of the registry token service: which one signs at a given time, and which are published. */
export class KeyRing {
  private readonly keys: KeySuccession<TokenKey>;

  constructor(
    readonly authority: CertificateAuthority,
    keys: readonly TokenKey[],
  ) {
    this.keys = successionOfTokenKeys(keys);
  }

  /** The key that signs at a given time: the one that started last. */
  signingAt(now: Date): TokenKey {
    const key = this.keys.signingAt(now);
    if (!key) throw new Error('There is no key to sign registry tokens with.');
    return key;
  }

  /** The keys that will sign, that sign, or whose tokens may still be valid; newest first. */
  publishedAt(now: Date): readonly TokenKey[] {
    return this.keys.publishedAt(now);
  }

  /** The keys whose tokens have all expired. */
  endedAt(now: Date): readonly TokenKey[] {
    return this.keys.endedAt(now);
  }
}
