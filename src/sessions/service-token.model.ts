import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../common/date-time.scalar.js';
import { PageInfo } from '../common/page.js';
import { ServiceTokenRole } from '../common/principal.js';

registerEnumType(ServiceTokenRole, {
  name: 'ServiceTokenRole',
  valuesMap: {
    VERIFIER: { description: 'May call verifyCliSecret, and nothing else.' },
    METRICS: { description: 'May read /metrics, and nothing else.' },
    ADMIN: { description: 'May do what an administrator may, except make service tokens.' },
  },
});

/** A service token as the API shows it, without the token. */
@ObjectType('ServiceToken')
export class ServiceTokenModel {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ServiceTokenRole)
  role!: ServiceTokenRole;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null;
}

/** A place in the list of service tokens. */
@ObjectType()
export class ServiceTokenEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => ServiceTokenModel)
  node!: ServiceTokenModel;
}

/** A page of service tokens. */
@ObjectType()
export class ServiceTokenConnection {
  @Field(() => [ServiceTokenEdge])
  edges!: readonly ServiceTokenEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { nullable: true })
  totalCount!: number | null;
}
