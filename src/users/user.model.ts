import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../graphql/date-time.scalar.js';
import { AuthMode } from '../settings/auth-mode.js';
import { BUILT_IN_ADMIN_ID, User } from './user.entity.js';

/** Where a user comes from. */
export enum UserKind {
  LOCAL = 'LOCAL',
  OIDC = 'OIDC',
}

registerEnumType(UserKind, {
  name: 'UserKind',
  description: 'LOCAL: has a password here. OIDC: comes from the identity provider.',
});

/** What makes a user an administrator. */
export enum AdminSource {
  BUILT_IN = 'BUILT_IN',
  GRANT = 'GRANT',
  OIDC_GROUP = 'OIDC_GROUP',
}

registerEnumType(AdminSource, { name: 'AdminSource' });

/** A user as the API shows one; what a later folder knows of users is a field resolver there. */
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
    description: "The account that exists from the first start and can't be deleted, disabled or demoted.",
  })
  isBuiltIn!: boolean;

  @Field(() => Boolean, {
    description: 'Barred by an administrator: no login, no CLI secret, and no login at the provider undoes it.',
  })
  isDisabled!: boolean;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  lastLoginAt!: Date | null;

  /** The user behind the model, for field resolvers; no field of the API. */
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
