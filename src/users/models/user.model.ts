import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../../graphql/scalars/index.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { BUILT_IN_ADMIN_ID, User } from '../user.entity.js';

/** The origin of a user. */
export enum UserKind {
  LOCAL = 'LOCAL',
  OIDC = 'OIDC',
}

registerEnumType(UserKind, {
  name: 'UserKind',
  description: 'LOCAL: logs in with a password here. OIDC: logs in through the identity provider.',
});

/** Why a user is an administrator. */
export enum AdminSource {
  BUILT_IN = 'BUILT_IN',
  GRANT = 'GRANT',
  OIDC_GROUP = 'OIDC_GROUP',
}

registerEnumType(AdminSource, { name: 'AdminSource' });

/** A user in the API. Higher folders add their fields by field resolvers. */
@ObjectType('User')
export class UserModel {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  username!: string;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true })
  realName!: string | null;

  @Field(() => String, { nullable: true })
  comment!: string | null;

  @Field(() => UserKind)
  kind!: UserKind;

  @Field(() => Boolean, {
    description: "The account that exists from the first start. It can't be deleted, disabled or demoted.",
  })
  isBuiltIn!: boolean;

  @Field(() => Boolean, {
    description:
      'Disabled by an administrator: no login is accepted and no CLI secret. A login at the provider does not undo it.',
  })
  isDisabled!: boolean;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  lastLoginAt!: Date | null;

  /** The entity, for field resolvers; not a field of the API. */
  entity!: User;

  static of(user: User): UserModel {
    const { id, username, email, realName, comment, isDisabled, createdAt, updatedAt, lastLoginAt } = user;
    const isBuiltIn = id === BUILT_IN_ADMIN_ID;
    return Object.assign(new UserModel(), {
      ...{ id, username, email, realName, comment, isDisabled, createdAt, updatedAt, lastLoginAt, isBuiltIn },
      kind: user.mode === AuthMode.OIDC ? UserKind.OIDC : UserKind.LOCAL,
      entity: user,
    });
  }
}
