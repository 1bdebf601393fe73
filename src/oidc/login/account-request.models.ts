import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../../graphql/scalars/index.js';
import { PendingOnboarding } from './onboarding.models.js';

/** What the person of a pending onboarding asks for. */
@ObjectType({ description: 'The account that the person of a pending onboarding asks for. An administrator decides.' })
export class AccountRequest {
  @Field(() => String)
  username!: string;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  expiresAt!: Date;
}

/** The account that the person says is theirs. */
@InputType()
export class RequestAccountInput {
  @Field(() => String, { description: 'The user name of the account.' })
  username!: string;
}

/** The pending onboarding, with the request. */
@ObjectType({ description: 'The same whether there is such an account or not.' })
export class RequestAccountPayload {
  @Field(() => PendingOnboarding)
  pendingOnboarding!: PendingOnboarding;
}
