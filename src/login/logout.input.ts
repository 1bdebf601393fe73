import { Field, InputType } from '@nestjs/graphql';

/** How far a logout goes. */
@InputType()
export class LogoutInput {
  @Field(() => Boolean, { description: 'Leaves the session at the provider, although oidc.logout is on.' })
  hereOnly!: boolean;
}
