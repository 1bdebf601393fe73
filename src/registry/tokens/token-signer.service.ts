import { Injectable } from '@nestjs/common';
import { KeyObject, sign } from 'node:crypto';
import { Clock } from '../../common/runtime/clock.js';
import { LEAF_SECONDS, leafCertificate, SigningKeys, TokenKey } from '../keys/index.js';

/** The signing key in use, with the encoded header of its tokens. */
interface Signer {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly header: string;
  readonly renewAt: Date;
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs registry tokens with ES256 (RFC 7518, section 3.4), under a certificate that is renewed every day. */
@Injectable()
export class TokenSigner {
  private signer?: Signer;

  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs claims as a JSON Web Token, with `kid` and `x5c`.
   *
   * @param keyStamp the stamp of the keys in force, just read
   */
  async sign(claims: object, keyStamp: string): Promise<string> {
    const { header, privateKey } = await this.signerFor(keyStamp);
    const text = `${header}.${encoded(claims)}`;
    const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }

  private async signerFor(keyStamp: string): Promise<Signer> {
    const ring = await this.keys.ring(keyStamp);
    const now = this.clock.now();
    const key = ring.signingAt(now);
    if (this.signer?.kid === key.jwk.kid && this.signer.renewAt > now) return this.signer;
    const certificate = await leafCertificate(ring.authority, key.publicKey, now);
    return (this.signer = this.signerOf(key, certificate));
  }

  private signerOf({ jwk, privateKey }: TokenKey, certificate: string): Signer {
    const header = encoded({ typ: 'JWT', alg: 'ES256', kid: jwk.kid, x5c: [certificate] });
    return { kid: jwk.kid, privateKey, header, renewAt: this.clock.secondsFromNow(LEAF_SECONDS / 2) };
  }
}
