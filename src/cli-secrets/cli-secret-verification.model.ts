import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../graphql/scalars/index.js';
import { CliSecretStatus, VerificationStatus } from './cli-secret-status.js';
import { STATUS_MESSAGES } from './status-messages.js';
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
    const { status, retryAfterSeconds } = verification;
    const message = STATUS_MESSAGES[status].forOwner({ publicUrl, retryAfterSeconds });
    return { valid: false, status, message, principal: null, validUntil: null };
  }
}
