import { Field, ObjectType } from '@nestjs/graphql';
import { UserModel } from '../users/user.model.js';

/** Who is logged in now. */
@ObjectType()
export class LoginPayload {
  @Field(() => UserModel)
  user!: UserModel;
}

/** Whose password was changed. */
@ObjectType()
export class ChangePasswordPayload {
  @Field(() => UserModel)
  user!: UserModel;
}
