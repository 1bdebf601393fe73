import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { IsString, MaxLength, MinLength } from 'class-validator';

/** The arguments of a verification. */
@ArgsType()
export class VerifyArgs {
  @Field()
  @IsString()
  @MinLength(1)
  @MaxLength(1024)
  username!: string;

  @Field()
  @IsString()
  @MinLength(1)
  @MaxLength(512)
  secret!: string;
}

/** The user whose secret is right. */
@ObjectType()
export class Principal {
  @Field()
  username!: string;

  @Field(() => [String])
  groups!: string[];
}

/** The answer to a verification. */
@ObjectType()
export class Verification {
  @Field()
  valid!: boolean;

  @Field()
  status!: string;

  @Field(() => Principal, { nullable: true })
  principal?: Principal;
}
