import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../../graphql/scalars/index.js';
import { Identity } from '../../users/identities/index.js';
import { UserModel } from '../../users/models/index.js';

/** A person who waits at the choice of a user name, and says which account is theirs. */
@ObjectType({
  description:
    'A person with an identity that has no account, who says that an account is theirs. The e-mail address proves nothing.',
})
export class WaitingIdentity {
  @Field(() => ID, { description: 'Another one after each change of the request.' })
  id!: string;

  @Field(() => String)
  issuer!: string;

  @Field(() => String)
  subject!: string;

  @Field(() => String, { nullable: true, description: 'As the provider said when they asked.' })
  email!: string | null;

  @Field(() => String, { nullable: true })
  realName!: string | null;

  @Field(() => String, { nullable: true, description: 'The user name that the provider sent.' })
  claimedUsername!: string | null;

  @Field(() => String, {
    description: 'The user name that they say is theirs; empty while they only wait for a user name.',
  })
  requestedUsername!: string;

  @Field(() => [String], { description: 'What can deceive a reader, such as letters that look like others.' })
  warnings!: readonly string[];

  @Field(() => DateTime)
  since!: Date;

  @Field(() => DateTime)
  expiresAt!: Date;
}

/** An identity at the provider. */
@InputType()
export class IdentityInput implements Identity {
  @Field(() => String)
  issuer!: string;

  @Field(() => String)
  subject!: string;
}

/** The account, and both identities as they were shown. */
@InputType({ description: 'IDENTITY_CHANGED if the request, or one of both identities, is another one by now.' })
export class MoveAccountInput {
  @Field(() => ID)
  requestId!: string;

  @Field(() => ID, { description: 'The user whose account it is.' })
  accountId!: string;

  @Field(() => IdentityInput, { description: 'The identity that the account has.' })
  from!: IdentityInput;

  @Field(() => IdentityInput, { description: 'The identity of the person who waits.' })
  to!: IdentityInput;
}

/** The account, with its new identity. */
@ObjectType()
export class MoveAccountPayload {
  @Field(() => UserModel)
  user!: UserModel;

  /** Both identities, for the audit log; not a field of the API. */
  moved!: { readonly from: Identity; readonly to: Identity };
}

/** The request to decline. */
@InputType()
export class DeclineAccountRequestInput {
  @Field(() => ID)
  requestId!: string;
}

/** The declined request. */
@ObjectType()
export class DeclineAccountRequestPayload {
  @Field(() => ID)
  requestId!: string;

  /** Whose it was, for the audit log; not a field of the API. */
  declined!: Identity;
}
