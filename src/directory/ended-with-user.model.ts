import { Field, Int, ObjectType } from '@nestjs/graphql';
import { ServiceTokenModel } from '../service-tokens/service-token.model.js';

/** What has ended because a user was disabled. */
@ObjectType()
export class EndedWithUser {
  @Field(() => Int, { description: 'In how many browsers the user was logged in.' })
  sessions!: number;

  @Field(() => [ServiceTokenModel], {
    description:
      'The ADMIN service tokens of the user, which do not count now: 100 at most. VERIFIER and METRICS tokens go on.',
  })
  serviceTokens!: readonly ServiceTokenModel[];
}
