import { Field, InputType } from '@nestjs/graphql';
import { SecretText } from '../common/crypto/secret-text.js';
import { Secret } from '../graphql/scalars/index.js';

/** The credentials of a local login. */
@InputType()
export class LoginInput {
  @Field(() => String)
  username!: string;

  @Field(() => Secret)
  password!: SecretText;
}

/** A change of the caller's own password. */
@InputType()
export class ChangePasswordInput {
  @Field(() => Secret)
  currentPassword!: SecretText;

  @Field(() => Secret)
  newPassword!: SecretText;
}
