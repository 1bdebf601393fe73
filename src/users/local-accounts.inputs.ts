import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsEmail, IsOptional } from 'class-validator';
import { SingleLine } from '../graphql/single-line.decorator.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { Secret } from '../graphql/secret.scalar.js';
import { EmailFits } from './profile.form.js';
import { User } from './user.entity.js';
import { UserModel } from './user.model.js';

const NOT_AN_ADDRESS = { message: 'must be an e-mail address.' };

/** What an account is registered with. */
@InputType()
export class RegisterInput {
  @Field(() => String)
  username!: string;

  @Field(() => Secret)
  password!: SecretText;

  @Field(() => String)
  @IsEmail({}, NOT_AN_ADDRESS)
  @EmailFits()
  email!: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @SingleLine()
  realName?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @SingleLine()
  comment?: string | null;
}

/** What an administrator makes an account with. */
@InputType()
export class CreateUserInput extends RegisterInput {
  @Field(() => Boolean, { defaultValue: false })
  isAdmin!: boolean;
}

/** Which account is to go. */
@InputType()
export class DeleteUserInput {
  @Field(() => ID)
  userId!: string;
}

/** A new password for somebody else. */
@InputType()
export class ResetPasswordInput {
  @Field(() => ID)
  userId!: string;

  @Field(() => Secret)
  newPassword!: SecretText;
}

/** A change of one's own profile: what is left out stays, null clears it. */
@InputType()
export class UpdateProfileInput {
  @Field(() => String, { nullable: true })
  @IsOptional()
  @SingleLine()
  realName?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @SingleLine()
  comment?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsEmail({}, NOT_AN_ADDRESS)
  @EmailFits()
  email?: string | null;
}

/** Whether somebody is granted administration. */
@InputType()
export class SetUserAdminInput {
  @Field(() => ID)
  userId!: string;

  @Field(() => Boolean)
  isAdmin!: boolean;
}

/** Whether somebody is barred. */
@InputType()
export class SetUserDisabledInput {
  @Field(() => ID)
  userId!: string;

  @Field(() => Boolean)
  isDisabled!: boolean;
}

/** What every change of one user answers with. */
@ObjectType({ isAbstract: true })
abstract class OneUserPayload {
  @Field(() => UserModel)
  user!: UserModel;
}

/** The account that was registered. */
@ObjectType()
export class RegisterPayload extends OneUserPayload {}

/** The account that was made. */
@ObjectType()
export class CreateUserPayload extends OneUserPayload {}

/** Whose password was reset. */
@ObjectType()
export class ResetPasswordPayload extends OneUserPayload {}

/** Whose profile was changed. */
@ObjectType()
export class UpdateProfilePayload extends OneUserPayload {}

/** Whose grant was changed. */
@ObjectType()
export class SetUserAdminPayload extends OneUserPayload {}

/** Who was barred, or is so no longer. */
@ObjectType()
export class SetUserDisabledPayload extends OneUserPayload {
  /** The user before it, for field resolvers; no field of the API. */
  before!: User;
}

/** Which account has gone. */
@ObjectType()
export class DeleteUserPayload {
  @Field(() => ID)
  userId!: string;
}
