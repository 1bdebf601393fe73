import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo, PageRequest } from '../graphql/index.js';
import { DateTime } from '../graphql/scalars/index.js';

/** A group as the API shows it. */
@ObjectType('Group')
export class GroupModel {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DateTime)
  createdAt!: Date;
}

/** An edge of the list of groups. */
@ObjectType()
export class GroupEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => GroupModel)
  node!: GroupModel;
}

/** A page of groups. */
@ObjectType()
export class GroupConnection {
  @Field(() => [GroupEdge])
  edges!: readonly GroupEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { nullable: true })
  totalCount!: number | null;
}

/** The page and the search of a query for groups. */
@ArgsType()
export class GroupsRequest extends PageRequest {
  @Field(() => String, { nullable: true })
  search?: string | null;
}
