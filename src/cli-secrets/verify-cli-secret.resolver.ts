import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { ForVerifiers } from '../common/access.decorators.js';
import { SecretText } from '../common/secret-text.js';
import { Secret } from '../common/secret.scalar.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { CliSecretVerification } from './cli-secret-verification.model.js';
import { CliSecretVerifier } from './cli-secret-verifier.service.js';

/** What registry backends ask. */
@Resolver()
export class VerifyCliSecretResolver {
  constructor(
    private readonly verifier: CliSecretVerifier,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @ForVerifiers()
  @Query(() => CliSecretVerification, { nullable: true, description: 'VERIFIER or ADMIN service tokens.' })
  async verifyCliSecret(
    @Args('username', { type: () => String }) username: string,
    @Args('secret', { type: () => Secret }) secret: SecretText,
  ): Promise<CliSecretVerification> {
    return CliSecretVerification.of(await this.verifier.verify(username, secret), this.environment.publicUrl);
  }
}
