import { Field, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../../graphql/index.js';
import { UserModel } from './user.model.js';

/** An entry of a list of users. */
@ObjectType()
export class UserEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => UserModel)
  node!: UserModel;
}

/** A page of users. The resolver of the list counts the total, only if a query asks for it. */
@ObjectType()
export class UserConnection {
  @Field(() => [UserEdge])
  edges!: readonly UserEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}
