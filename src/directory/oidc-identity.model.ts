import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../graphql/scalars/index.js';
import { OidcTokenState, ReauthenticationReason } from '../grants/status/index.js';

registerEnumType(OidcTokenState, {
  name: 'OidcTokenState',
  valuesMap: {
    FRESH: { description: 'Not expired.' },
    REFRESHABLE: { description: 'Expired, with a refresh token: the next use refreshes it.' },
    OUTAGE_GRACE: { description: 'Expired, but the provider does not answer and the outage grace has not ended.' },
    REAUTHENTICATION_REQUIRED: { description: 'Only a browser login helps.' },
  },
});

registerEnumType(ReauthenticationReason, {
  name: 'ReauthenticationReason',
  valuesMap: {
    NO_REFRESH_TOKEN: { description: 'The provider gave no refresh token.' },
    REFRESH_REJECTED: {
      description: 'The provider refused to refresh: the account or its session there has ended.',
    },
    PROVIDER_LOGOUT: { description: 'The provider ended the session by back-channel logout.' },
    PROVIDER_CHANGED: {
      description: 'The identity came from another provider than the configured one.',
    },
    REFRESH_UNCLEAR: {
      description:
        'The provider did not refresh, and did not say that the login has ended. It is asked again at each use.',
    },
    LOGIN_TOO_OLD: { description: 'The last login is older than oidc.maxSignInDays.' },
  },
});

/** The identity of a user at the provider, and the status of their grant. */
@ObjectType()
export class OidcIdentity {
  @Field(() => String)
  issuer!: string;

  @Field(() => String)
  subject!: string;

  @Field(() => OidcTokenState)
  tokenState!: OidcTokenState;

  @Field(() => DateTime, { nullable: true, description: "When the provider's tokens must next be refreshed." })
  tokenExpiresAt!: Date | null;

  @Field(() => ReauthenticationReason, {
    nullable: true,
    description: 'Null unless tokenState is REAUTHENTICATION_REQUIRED.',
  })
  reauthenticationReason!: ReauthenticationReason | null;

  @Field(() => Boolean, {
    description: 'Whether the provider gave a refresh token; without one, a login lasts as long as its token.',
  })
  hasRefreshToken!: boolean;
}
