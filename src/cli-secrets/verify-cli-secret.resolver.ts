import { Inject } from '@nestjs/common';
import { Args, Field, ID, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { isIP } from 'node:net';
import type { HttpExchange } from '../access/access.decorators.js';
import { AccessCheck } from '../access/access-check.js';
import { Exchange, ForVerifiers } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { BadUserInput } from '../common/errors/common.errors.js';
import { DateTime, Secret } from '../graphql/scalars/index.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { Metrics } from '../health/index.js';
import { CliSecretStatus, VerificationStatus } from './cli-secret-status.js';
import { CliSecretVerifier } from './cli-secret-verifier.service.js';
import { STATUS_MESSAGES } from './status-messages.js';
import { VerificationAudit } from './verification-audit.service.js';
import type { Verification, VerifiedPrincipal } from './verification.js';

registerEnumType(VerificationStatus, {
  name: 'CliSecretVerificationStatus',
  valuesMap: Object.fromEntries(
    Object.entries(STATUS_MESSAGES).map(([status, { forAdministrator }]) => [
      status,
      { description: forAdministrator },
    ]),
  ),
});

/** The owner of an accepted secret, as registry backends see them. */
@ObjectType()
export class RegistryPrincipal implements VerifiedPrincipal {
  @Field(() => ID)
  userId!: string;

  @Field(() => String)
  username!: string;

  @Field(() => Boolean)
  isAdmin!: boolean;

  @Field(() => [String])
  groups!: readonly string[];
}

/** The answer to a registry backend. */
@ObjectType({
  description:
    'The answer to a registry backend. Every status but MISMATCH, RATE_LIMITED and AUTH_MODE_NOT_OIDC is given only to the right secret. Do not cache it.',
})
export class CliSecretVerification {
  @Field(() => Boolean)
  valid!: boolean;

  @Field(() => VerificationStatus)
  status!: VerificationStatus;

  @Field(() => String, {
    nullable: true,
    description: 'The message for the person at the command line; null when valid.',
  })
  message!: string | null;

  @Field(() => RegistryPrincipal, { nullable: true, description: 'Null unless valid.' })
  principal!: RegistryPrincipal | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when the provider vouches for the owner, if nothing else changes; do not cache the answer until then. Null unless valid.',
  })
  validUntil!: Date | null;

  static of(verification: Verification, publicUrl: URL): CliSecretVerification {
    if (verification.status === CliSecretStatus.VALID) {
      const { status, principal, validUntil } = verification;
      return { valid: true, status, message: null, principal, validUntil };
    }
    const { status, retryAfterSeconds, provider } = verification;
    const message = STATUS_MESSAGES[status].forOwner({ publicUrl, retryAfterSeconds, provider });
    return { valid: false, status, message, principal: null, validUntil: null };
  }
}

/** The query `verifyCliSecret` of registry backends. */
@Resolver()
export class VerifyCliSecretResolver {
  constructor(
    private readonly verifier: CliSecretVerifier,
    private readonly audit: VerificationAudit,
    private readonly metrics: Metrics,
    private readonly access: AccessCheck,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @ForVerifiers()
  @Query(() => CliSecretVerification, {
    nullable: true,
    description:
      "For VERIFIER or ADMIN service tokens. clientAddress is the registry client's, for throttling and the audit log.",
  })
  async verifyCliSecret(
    @Exchange() { request }: HttpExchange,
    @Args('username', { type: () => String }) username: string,
    @Args('secret', { type: () => Secret }) secret: SecretText,
    @Args('clientAddress', { type: () => String, nullable: true }) clientAddress?: string | null,
  ): Promise<CliSecretVerification> {
    const remoteAddress = clientAddress == null ? clientAddressOf(request) : validAddress(clientAddress);
    // Without clientAddress all clients of a registry backend share its address, so nothing is counted by address.
    const client = { address: remoteAddress, isShared: clientAddress == null };
    const began = performance.now();
    const verification = await this.verifier.verify(username, secret, client);
    if (verification.waited) await this.access.demandAgain(request, 'VERIFIER');
    await this.audit.write(request, remoteAddress, verification);
    this.metrics.verification(verification.status, (performance.now() - began) / 1000);
    return CliSecretVerification.of(verification, this.environment.publicUrl);
  }
}

const LONGEST_ADDRESS = 45;

function validAddress(address: string): string {
  if (address.length <= LONGEST_ADDRESS && isIP(address) !== 0) return address;
  throw BadUserInput.field('clientAddress', 'INVALID', 'must be an IP address.');
}
