import { Field, InputType } from '@nestjs/graphql';
import { SecretText } from '../common/crypto/secret-text.js';
import { Secret } from '../graphql/secret.scalar.js';

/** What a local login is made with. */
@InputType()
export class LoginInput {
  @Field(() => String)
  username!: string;

  @Field(() => Secret)
  password!: SecretText;
}

/** A new password for oneself. */
@InputType()
export class ChangePasswordInput {
  @Field(() => Secret)
  currentPassword!: SecretText;

  @Field(() => Secret)
  newPassword!: SecretText;
}
