import { Args, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ForAdmins } from '../access/access.decorators.js';
import { GroupConnection, GroupModel, GroupsRequest } from './group.model.js';
import { GroupsService } from './groups.service.js';
import { MembershipIndexing } from './membership-indexing.service.js';

/** Groups, as administrators see them. */
@Resolver(() => GroupModel)
export class GroupsResolver {
  constructor(
    private readonly groups: GroupsService,
    private readonly indexing: MembershipIndexing,
  ) {}

  @ForAdmins()
  @Query(() => GroupConnection, {
    name: 'groups',
    nullable: true,
    description: 'Ordered by name; search matches the beginning of the name.',
  })
  async list(@Args() request: GroupsRequest): Promise<GroupConnection> {
    await this.indexing.whole();
    return this.groups.list(request, request.search);
  }

  @ForAdmins()
  @Query(() => GroupModel, { name: 'group', nullable: true })
  one(@Args('id', { type: () => ID }) id: string): Promise<GroupModel | null> {
    return this.groups.byId(id);
  }

  @ResolveField(() => Int)
  async memberCount(@Parent() { id }: GroupModel): Promise<number> {
    await this.indexing.whole();
    return this.groups.memberCount(id);
  }
}
