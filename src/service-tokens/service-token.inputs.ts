import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../graphql/date-time.scalar.js';
import { SingleLine } from '../graphql/single-line.decorator.js';
import { ServiceTokenRole } from '../access/principal.js';
import { ServiceTokenModel } from './service-token.model.js';

/** What a service token is made with. */
@InputType()
export class CreateServiceTokenInput {
  @Field(() => String)
  @SingleLine()
  name!: string;

  @Field(() => ServiceTokenRole)
  role!: ServiceTokenRole;

  @Field(() => DateTime, { nullable: true })
  expiresAt?: Date | null;
}

/** A new service token. */
@ObjectType({ description: 'token is shown once.' })
export class CreateServiceTokenPayload {
  @Field(() => String)
  token!: string;

  @Field(() => ServiceTokenModel)
  serviceToken!: ServiceTokenModel;
}

/** Which service token is to go. */
@InputType()
export class DeleteServiceTokenInput {
  @Field(() => ID)
  serviceTokenId!: string;
}

/** Which service token has gone. */
@ObjectType()
export class DeleteServiceTokenPayload {
  @Field(() => ID)
  serviceTokenId!: string;
}
