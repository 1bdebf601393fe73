import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../../graphql/scalars/index.js';
import type { Identity } from '../../users/identities/index.js';
import { UserModel } from '../../users/models/index.js';
import { UsernameProblem } from '../../users/names/index.js';

/** A first login that has no user name yet. */
@ObjectType({ description: "A first OIDC login that has no user name yet. Bound to this browser's session." })
export class PendingOnboarding {
  @Field(() => String)
  providerName!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'A valid and free name close to the user claim, of an e-mail address the part before the @; null if the provider sent nothing usable. It gives a place in the registry where that can be.',
  })
  suggestedUsername!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => DateTime)
  expiresAt!: Date;

  /** Of the person, for field resolvers; not a field of the API. */
  identity!: Identity;
}

/** Whether a user name is available. */
@ObjectType()
export class UsernameAvailability {
  @Field(() => Boolean)
  available!: boolean;

  @Field(() => UsernameProblem, { nullable: true, description: 'Null if available.' })
  problem!: UsernameProblem | null;

  @Field(() => String, { nullable: true })
  suggestion!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The place in the registry that the user name gives, the value of ${username} in access rules; null if it gives none.',
  })
  repositoryName!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The folder of the registry into which the access rules let everybody with such a name push, such as users/lin; null if no rule gives one.',
  })
  repositoryFolder!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'If the name gives no place in the registry: a valid and free name close to it that gives one.',
  })
  suggestionWithRepository!: string | null;
}

/** The chosen user name. */
@InputType()
export class OnboardInput {
  @Field(() => String)
  username!: string;
}

/** The new user, who is logged in now. */
@ObjectType({
  description:
    'redirectUrl: the page that was wanted before the login. Below /c/ it leads there by way of the provider: load it as a page.',
})
export class OnboardPayload {
  @Field(() => UserModel)
  user!: UserModel;

  @Field(() => String)
  redirectUrl!: string;
}
