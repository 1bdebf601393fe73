import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LoginLimit } from '../grants/limits/index.js';
import { AuthMode } from '../settings/auth-mode.js';

/** The OpenID provider, for the login page. */
@ObjectType()
export class LoginProvider {
  @Field(() => String, { description: "For the text of the 'Login via OIDC Provider' button." })
  name!: string;
}

registerEnumType(LoginLimit, {
  name: 'LoginLimit',
  description: 'Why a session does not count any more, whatever the provider says.',
  valuesMap: {
    LOGIN_NOT_ALLOWED: { description: 'The person is in no group that may log in.' },
    LOGIN_TOO_OLD: { description: 'The login is older than an administrator allows.' },
  },
});

/** The data of the login page. */
@ObjectType({ description: 'The data that a login page needs before the login.' })
export class LoginOptions {
  @Field(() => AuthMode)
  authMode!: AuthMode;

  @Field(() => LoginProvider, { nullable: true, description: 'Null in DATABASE mode.' })
  oidcProvider!: LoginProvider | null;

  @Field(() => LoginLimit, {
    nullable: true,
    description:
      'Why the session of this browser does not count any more, if a limit of an administrator has ended it.',
  })
  endedBy!: LoginLimit | null;

  @Field(() => Boolean, { description: 'Whether the login page offers the provider before the local form.' })
  oidcPrimary!: boolean;

  @Field(() => Boolean, { description: 'Always false in OIDC mode.' })
  selfRegistration!: boolean;
}

/** The result of a logout. */
@ObjectType({
  description:
    "redirectUrl: where the browser should go next if oidc.logout is on, the provider's end-session page or a page here that sends a form to it; else null.",
})
export class LogoutPayload {
  @Field(() => String, { nullable: true })
  redirectUrl!: string | null;
}
