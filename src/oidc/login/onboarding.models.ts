import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../../graphql/date-time.scalar.js';
import { UserModel } from '../../users/user.model.js';
import { UsernameProblem } from '../../users/names/username.js';

/** A first login that waits for a user name. */
@ObjectType({ description: "A first OIDC login that still lacks a user name. Bound to this browser's session." })
export class PendingOnboarding {
  @Field(() => String)
  providerName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'From the user claim, made valid and free; null where the provider sent nothing usable.',
  })
  suggestedUsername!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => DateTime)
  expiresAt!: Date;
}

/** Whether a user name can be had. */
@ObjectType()
export class UsernameAvailability {
  @Field(() => Boolean)
  available!: boolean;

  @Field(() => UsernameProblem, { nullable: true, description: 'Null when available.' })
  problem!: UsernameProblem | null;

  @Field(() => String, { nullable: true })
  suggestion!: string | null;
}

/** The user name that was chosen. */
@InputType()
export class OnboardInput {
  @Field(() => String)
  username!: string;
}

/** The new user, who is logged in now. */
@ObjectType({ description: 'redirectUrl: where the person wanted to go before logging in.' })
export class OnboardPayload {
  @Field(() => UserModel)
  user!: UserModel;

  @Field(() => String)
  redirectUrl!: string;
}
