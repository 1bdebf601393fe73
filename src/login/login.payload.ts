import { Field, ObjectType } from '@nestjs/graphql';
import { UserModel } from '../users/models/index.js';

/** The user who is logged in now. */
@ObjectType()
export class LoginPayload {
  @Field(() => UserModel)
  user!: UserModel;
}

/** The user whose password was changed. */
@ObjectType()
export class ChangePasswordPayload {
  @Field(() => UserModel)
  user!: UserModel;
}
