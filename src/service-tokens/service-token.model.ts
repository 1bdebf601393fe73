import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../graphql/scalars/index.js';
import { PageInfo } from '../graphql/index.js';
import { ServiceTokenRole } from '../access/principal.js';
import { UserModel } from '../users/models/index.js';

registerEnumType(ServiceTokenRole, {
  name: 'ServiceTokenRole',
  valuesMap: {
    VERIFIER: { description: 'May call verifyCliSecret, and nothing else.' },
    METRICS: { description: 'May read /metrics, and nothing else.' },
    ADMIN: { description: 'May do what an administrator may, except create service tokens.' },
  },
});

/** Why a service token is inactive. */
export enum ServiceTokenInactiveReason {
  EXPIRED = 'EXPIRED',
  CREATOR_DELETED = 'CREATOR_DELETED',
  CREATOR_DISABLED = 'CREATOR_DISABLED',
  CREATOR_NOT_ADMIN = 'CREATOR_NOT_ADMIN',
  CREATOR_LOGIN_ENDED = 'CREATOR_LOGIN_ENDED',
  CREATOR_LOGIN_NOT_ALLOWED = 'CREATOR_LOGIN_NOT_ALLOWED',
}

registerEnumType(ServiceTokenInactiveReason, {
  name: 'ServiceTokenInactiveReason',
  description:
    'An ADMIN token is active only while its creator is an administrator. Other tokens outlive their creator.',
  valuesMap: {
    CREATOR_NOT_ADMIN: { description: 'The creator is not an administrator now, by grant or by group.' },
    CREATOR_LOGIN_ENDED: {
      description:
        'The provider has ended the creator’s login, or is no longer the configured one, or the login is too old.',
    },
    CREATOR_LOGIN_NOT_ALLOWED: { description: 'The creator is in no group that may log in.' },
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

  @Field(() => UserModel, { nullable: true, description: 'Null if the account was deleted or removed.' })
  createdBy!: UserModel | null;

  @Field(() => String, {
    description:
      'The user name of the creator, even if the account was deleted; "the installation" if the creator was removed.',
  })
  createdByName!: string;

  @Field(() => ServiceTokenInactiveReason, {
    nullable: true,
    description: 'Why the token is inactive, as far as is known without asking the provider; null while it is active.',
  })
  inactiveReason!: ServiceTokenInactiveReason | null;
}

/** An edge of the list of service tokens. */
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
