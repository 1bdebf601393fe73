import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../graphql/date-time.scalar.js';
import { CliSecretStatus } from './cli-secret-status.js';
import type { Verdict, VerifiedPrincipal } from './cli-secret-verifier.service.js';

/** The answer to a registry backend, as a status. */
export const CliSecretVerificationStatus = {
  ...CliSecretStatus,
  PROVIDER_REJECTED_CLIENT: 'PROVIDER_REJECTED_CLIENT',
  MISMATCH: 'MISMATCH',
  AUTH_MODE_NOT_OIDC: 'AUTH_MODE_NOT_OIDC',
  RATE_LIMITED: 'RATE_LIMITED',
} as const;

registerEnumType(CliSecretVerificationStatus, {
  name: 'CliSecretVerificationStatus',
  valuesMap: {
    MISMATCH: { description: "No such user, no secret, or not this user's current one. Nothing tells these apart." },
    AUTH_MODE_NOT_OIDC: { description: 'Secrets are for OIDC mode alone.' },
    NO_REFRESH_TOKEN: { description: "The provider's token has expired and it gave no refresh token." },
    REFRESH_REJECTED: {
      description: 'The provider refused to refresh: the account or its session there has ended.',
    },
    PROVIDER_LOGOUT: { description: 'The provider ended the session by back-channel logout.' },
    PROVIDER_REJECTED_CLIENT: {
      description:
        "The provider refuses this installation's own client credentials. Nothing is lost: an administrator has to act.",
    },
    PROVIDER_CHANGED: {
      description: 'The configured provider is another one than the identity came from.',
    },
    PROVIDER_UNAVAILABLE: { description: 'The provider did not answer in time. Nothing is lost: try again.' },
    USER_DISABLED: { description: 'Barred by an administrator.' },
    RATE_LIMITED: {
      description:
        'Too many wrong secrets from this address, or for this user. A generated secret that is right is VALID.',
    },
  },
});

/** Whom a registry backend has before it. */
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
    'The answer to a registry backend. Every status but MISMATCH, RATE_LIMITED and AUTH_MODE_NOT_OIDC is given to the right secret alone. Not to be cached.',
})
export class CliSecretVerification {
  @Field(() => Boolean)
  valid!: boolean;

  @Field(() => CliSecretVerificationStatus)
  status!: Verdict['status'];

  @Field(() => String, {
    nullable: true,
    description: 'What to tell the person at the command line; null when valid.',
  })
  message!: string | null;

  @Field(() => RegistryPrincipal, { nullable: true, description: 'Null unless valid.' })
  principal!: RegistryPrincipal | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Until when the provider's word is good, if nothing else changes; not a licence to cache. Null unless valid.",
  })
  validUntil!: Date | null;

  static of(verification: Verdict, publicUrl: URL): CliSecretVerification {
    const { status } = verification;
    if (verification.status !== CliSecretStatus.VALID) {
      return {
        valid: false,
        status,
        message: messageFor(verification, publicUrl),
        principal: null,
        validUntil: null,
      };
    }
    const { principal, validUntil } = verification;
    return { valid: true, status, message: null, principal, validUntil };
  }
}

type Refusal = Exclude<Verdict, { readonly status: CliSecretStatus.VALID }>;

function messageFor(refusal: Refusal, publicUrl: URL): string {
  if (refusal.status === 'RATE_LIMITED') {
    return `Too many wrong passwords or secrets were sent. Try again in ${refusal.retryAfterSeconds} seconds.`;
  }
  const again = `log in at ${publicUrl.href} and try again`;
  const messages = {
    MISMATCH: `The user name or CLI secret is wrong. Yours is shown at ${new URL('/profile', publicUrl).href}.`,
    AUTH_MODE_NOT_OIDC: 'CLI secrets are for OIDC mode, and this installation is in another mode.',
    REFRESH_REJECTED: `Your sign-in was ended by the identity provider: ${again}.`,
    PROVIDER_LOGOUT: `You were logged out at the identity provider: ${again}.`,
    NO_REFRESH_TOKEN: `Your sign-in has ended: ${again}.`,
    PROVIDER_CHANGED: `The identity provider was changed: ${again}.`,
    PROVIDER_UNAVAILABLE: 'The identity provider does not answer. Nothing is lost: try again in a minute.',
    PROVIDER_REJECTED_CLIENT:
      'The identity provider refuses this installation itself. Nothing is lost: tell an administrator, and try again later.',
    USER_DISABLED: 'Your account was disabled by an administrator. Ask one to enable it.',
  };
  return messages[refusal.status];
}
