import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { SecretText } from '../common/crypto/secret-text.js';
import { Secret } from '../graphql/scalars/index.js';
import { OneUserPayload } from './one-user.payload.js';
import { RegisterInput } from './registration.inputs.js';
import { User } from './user.entity.js';

/** A new account, as an administrator creates it. */
@InputType()
export class CreateUserInput extends RegisterInput {
  @Field(() => Boolean, { defaultValue: false })
  isAdmin!: boolean;
}

/** The account to delete. */
@InputType()
export class DeleteUserInput {
  @Field(() => ID)
  userId!: string;
}

/** A new password for another user. */
@InputType()
export class ResetPasswordInput {
  @Field(() => ID)
  userId!: string;

  @Field(() => Secret)
  newPassword!: SecretText;
}

/** Whether a user gets the administrator role by a direct grant. */
@InputType()
export class SetUserAdminInput {
  @Field(() => ID)
  userId!: string;

  @Field(() => Boolean)
  isAdmin!: boolean;
}

/** Whether a user is disabled. */
@InputType()
export class SetUserDisabledInput {
  @Field(() => ID)
  userId!: string;

  @Field(() => Boolean)
  isDisabled!: boolean;
}

/** The created account. */
@ObjectType()
export class CreateUserPayload extends OneUserPayload {}

/** The user whose password was reset. */
@ObjectType()
export class ResetPasswordPayload extends OneUserPayload {}

/** The user whose administrator role was granted or revoked. */
@ObjectType()
export class SetUserAdminPayload extends OneUserPayload {}

/** The user who was disabled or enabled. */
@ObjectType()
export class SetUserDisabledPayload extends OneUserPayload {
  /** The user before the change, for field resolvers; not a field of the API. */
  before!: User;
}

/** The deleted account. */
@ObjectType()
export class DeleteUserPayload {
  @Field(() => ID)
  userId!: string;
}
