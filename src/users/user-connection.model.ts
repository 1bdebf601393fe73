import { Field, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../graphql/pagination.js';
import { UserModel } from './user.model.js';

/** A place in a list of users. */
@ObjectType()
export class UserEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => UserModel)
  node!: UserModel;
}

/** A page of users; the total is counted only where it is asked for, by who made the list. */
@ObjectType()
export class UserConnection {
  @Field(() => [UserEdge])
  edges!: readonly UserEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}
