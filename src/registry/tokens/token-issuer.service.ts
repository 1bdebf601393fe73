import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/runtime/clock.js';
import { newId } from '../../common/persistence/ids.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { TokenScope } from '../protocol/token-scope.js';
import { TokenSigner } from './token-signer.service.js';

/** A registry token, with what a client wants to know of it. */
export interface IssuedToken {
  readonly token: string;
  readonly granted: readonly TokenScope[];
  readonly issuedAt: Date;
  readonly expiresInSeconds: number;
}

/** What a token is issued for. */
export interface TokenContents {
  /** The user name; empty for anybody. */
  readonly username: string;
  readonly granted: readonly TokenScope[];
  readonly expiresInSeconds: number;
  /** Which keys are in force, as was just read. */
  readonly keyStamp: string;
}

/** Writes and signs registry tokens (Docker Registry token implementation, "Claim set"). */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly signer: TokenSigner,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** A token that is issued now. */
  async issue({ username: sub, granted, expiresInSeconds, keyStamp }: TokenContents): Promise<IssuedToken> {
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const issuedAt = new Date(iat * 1000);
    const { registryIssuer: iss, registryService: aud } = this.environment;
    const claims = { iss, sub, aud, exp: iat + expiresInSeconds, nbf: iat, iat, jti: newId(), access: granted };
    return { token: await this.signer.sign(claims, keyStamp), granted, issuedAt, expiresInSeconds };
  }
}
