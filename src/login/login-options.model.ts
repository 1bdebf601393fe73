import { Field, ObjectType } from '@nestjs/graphql';
import { AuthMode } from '../settings/auth-mode.js';

/** The OpenID provider, for the login page. */
@ObjectType()
export class LoginProvider {
  @Field(() => String, { description: "For the text of the 'Login via OIDC Provider' button." })
  name!: string;
}

/** The data of the login page. */
@ObjectType({ description: 'The data that a login page needs before the login.' })
export class LoginOptions {
  @Field(() => AuthMode)
  authMode!: AuthMode;

  @Field(() => LoginProvider, { nullable: true, description: 'Null in DATABASE mode.' })
  oidcProvider!: LoginProvider | null;

  @Field(() => Boolean, { description: 'Whether the login page offers the provider before the local form.' })
  oidcPrimary!: boolean;

  @Field(() => Boolean, { description: 'Always false in OIDC mode.' })
  selfRegistration!: boolean;
}

/** The result of a logout. */
@ObjectType({
  description:
    "redirectUrl: the provider's end-session page, to which the browser should go next if oidc.logout is on; else null.",
})
export class LogoutPayload {
  @Field(() => String, { nullable: true })
  redirectUrl!: string | null;
}
