import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../common/date-time.scalar.js';

/** A group as the API shows it. */
@ObjectType('Group')
export class GroupModel {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DateTime)
  createdAt!: Date;
}
