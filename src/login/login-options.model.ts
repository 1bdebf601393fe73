import { Field, ObjectType } from '@nestjs/graphql';
import { AuthMode } from '../settings/auth-mode.js';

/** The provider as a login page shows it. */
@ObjectType()
export class LoginProvider {
  @Field(() => String, { description: "For the text of the 'Login via OIDC Provider' button." })
  name!: string;
}

/** What a login page needs. */
@ObjectType({ description: 'What a login page has to know before anybody is logged in.' })
export class LoginOptions {
  @Field(() => AuthMode)
  authMode!: AuthMode;

  @Field(() => LoginProvider, { nullable: true, description: 'Null in DATABASE mode.' })
  oidcProvider!: LoginProvider | null;

  @Field(() => Boolean, { description: 'Whether the provider is offered ahead of the local form.' })
  oidcPrimary!: boolean;

  @Field(() => Boolean, { description: 'Always false in OIDC mode.' })
  selfRegistration!: boolean;
}

/** Where the browser should go after logging out. */
@ObjectType({
  description: "Where the browser should go next: the provider's end-session page when oidc.logout is set, else null.",
})
export class LogoutPayload {
  @Field(() => String, { nullable: true })
  redirectUrl!: string | null;
}
