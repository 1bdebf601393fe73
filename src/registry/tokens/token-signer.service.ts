import { Injectable } from '@nestjs/common';
import { KeyObject, sign } from 'node:crypto';
import { Clock } from '../../common/runtime/clock.js';
import type { RegistryService } from '../../config/env.js';
import { derOf, LEAF_SECONDS, leafCertificate, ServiceKeys, SigningKeys, TokenKey } from '../keys/index.js';

/** A signing key, with the encoded header of its tokens. */
interface Signer {
  readonly privateKey: KeyObject;
  readonly header: string;
}

/** The signer under the certificate that most services share. */
interface SharedSigner extends Signer {
  readonly kid: string;
  readonly renewAt: Date;
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const headerOf = (kid: string, certificate: string) => encoded({ typ: 'JWT', alg: 'ES256', kid, x5c: [certificate] });

/**
 * Signs registry tokens with ES256 (RFC 7518, section 3.4): under a certificate that is renewed every day, or with the key of a
 * service that has a certificate of its own.
 */
@Injectable()
export class TokenSigner {
  private signer?: SharedSigner;

  constructor(
    private readonly keys: SigningKeys,
    private readonly serviceKeys: ServiceKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs claims as a JSON Web Token, with `kid` and `x5c`.
   *
   * @param service the registry that is to verify the token
   * @param keyStamp the stamp of the keys in force, just read
   * @throws {ServiceKeyUnusable}
   */
  async sign(claims: object, service: RegistryService, keyStamp: string): Promise<string> {
    const { header, privateKey } = await (service.hasOwnCertificate
      ? this.ownSigner(service.name)
      : this.sharedSigner(keyStamp));
    const text = `${header}.${encoded(claims)}`;
    const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }

  private async ownSigner(service: string): Promise<Signer> {
    const { kid, privateKey, certificate } = await this.serviceKeys.signing(service);
    return { privateKey, header: headerOf(kid, derOf(certificate)) };
  }

  private async sharedSigner(keyStamp: string): Promise<Signer> {
    const ring = await this.keys.ring(keyStamp);
    const now = this.clock.now();
    const key = ring.signingAt(now);
    if (this.signer?.kid === key.jwk.kid && this.signer.renewAt > now) return this.signer;
    const certificate = await leafCertificate(ring.authority, key.publicKey, now);
    return (this.signer = this.signerOf(key, certificate));
  }

  private signerOf({ jwk, privateKey }: TokenKey, certificate: string): SharedSigner {
    const header = headerOf(jwk.kid, certificate);
    return { kid: jwk.kid, privateKey, header, renewAt: this.clock.secondsFromNow(LEAF_SECONDS / 2) };
  }
}
