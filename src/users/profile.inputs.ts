import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsEmail, IsOptional } from 'class-validator';
import { SingleLine } from '../graphql/index.js';
import { OneUserPayload } from './one-user.payload.js';
import { EmailFits, NOT_AN_ADDRESS } from './profile.form.js';

/** A change of the caller's own profile: a field that is left out stays as it is, null clears it. */
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

/** The user whose profile was changed. */
@ObjectType()
export class UpdateProfilePayload extends OneUserPayload {}
