import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsEmail, IsOptional } from 'class-validator';
import { SingleLine } from '../graphql/index.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { Secret } from '../graphql/scalars/index.js';
import { OneUserPayload } from './one-user.payload.js';
import { EmailFits, NOT_AN_ADDRESS } from './profile.form.js';

/** A new account, as its owner registers it. */
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

/** The registered account. */
@ObjectType()
export class RegisterPayload extends OneUserPayload {}
