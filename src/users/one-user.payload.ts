import { Field, ObjectType } from '@nestjs/graphql';
import { UserModel } from './models/user.model.js';

/** The payload of every mutation that changes one user. */
@ObjectType({ isAbstract: true })
export abstract class OneUserPayload {
  @Field(() => UserModel)
  user!: UserModel;
}
