import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/runtime/clock.js';
import { newId } from '../../common/persistence/ids.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment, RegistryService } from '../../config/env.js';
import { TokenScope } from '../protocol/index.js';
import { TokenSigner } from './token-signer.service.js';

/** A registry token, with the facts that the answer to the client states. */
export interface IssuedToken {
  readonly token: string;
  readonly granted: readonly TokenScope[];
  readonly issuedAt: Date;
  readonly expiresInSeconds: number;
}

/** The contents of a token. */
export interface TokenContents {
  /** Empty for an anonymous client. */
  readonly username: string;
  readonly granted: readonly TokenScope[];
  readonly expiresInSeconds: number;
  /** The registry that the token is for. */
  readonly service: RegistryService;
  /** The stamp of the keys in force, just read. */
  readonly keyStamp: string;
}

/** Issues registry tokens (Docker Registry token implementation, "Claim set"). */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly signer: TokenSigner,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Issues and signs a token.
   *
   * @throws {ServiceKeyUnusable}
   */
  async issue({ username: sub, granted, expiresInSeconds, service, keyStamp }: TokenContents): Promise<IssuedToken> {
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const issuedAt = new Date(iat * 1000);
    const { registryIssuer: iss } = this.environment;
    const claims = {
      iss,
      sub,
      aud: service.name,
      exp: iat + expiresInSeconds,
      nbf: iat,
      iat,
      jti: newId(),
      access: granted,
    };
    return { token: await this.signer.sign(claims, service, keyStamp), granted, issuedAt, expiresInSeconds };
  }
}
