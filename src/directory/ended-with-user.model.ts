import { Field, Int, ObjectType } from '@nestjs/graphql';
import { ServiceTokenModel } from '../service-tokens/index.js';

/** The sessions and service tokens that ended because a user was disabled. */
@ObjectType()
export class EndedWithUser {
  @Field(() => Int, { description: 'The number of sessions of the user.' })
  sessions!: number;

  @Field(() => [ServiceTokenModel], {
    description:
      'The ADMIN service tokens of the user, which are inactive now: at most 100. VERIFIER and METRICS tokens stay active.',
  })
  serviceTokens!: readonly ServiceTokenModel[];
}
