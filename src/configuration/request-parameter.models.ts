import { Field, InputType, ObjectType } from '@nestjs/graphql';

/** A parameter to be added to the redirect to the provider. */
@InputType('OidcRequestParameterInput')
export class RequestParameterInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

/** A parameter added to the redirect to the provider. */
@ObjectType('OidcRequestParameter')
export class RequestParameterModel {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}
