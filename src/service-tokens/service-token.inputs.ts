import { ArgsType, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../graphql/scalars/index.js';
import { PageRequest, SingleLine } from '../graphql/index.js';
import { ServiceTokenRole } from '../access/principal.js';
import type { ServiceToken } from './service-token.entity.js';
import { ServiceTokenModel } from './service-token.model.js';

/** Which service tokens are asked for. */
@ArgsType()
export class ServiceTokensRequest extends PageRequest {
  @Field(() => DateTime, {
    nullable: true,
    description: 'Only those that expire before this time, among them those that have expired. Null: all.',
  })
  expiresBefore?: Date | null;
}

/** The input for a new service token. */
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

/** The service token to delete. */
@InputType()
export class DeleteServiceTokenInput {
  @Field(() => ID)
  serviceTokenId!: string;
}

/** The service token that was deleted. */
@ObjectType()
export class DeleteServiceTokenPayload {
  @Field(() => ID)
  serviceTokenId!: string;

  /** The token as it was, for the audit log; not a field of the API. */
  deleted!: Pick<ServiceToken, 'name' | 'role' | 'expiresAt'>;
}
