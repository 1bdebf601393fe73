import { Args, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, ForAdmins } from '../access/access.decorators.js';
import { Forbidden } from '../common/errors/common.errors.js';
import { PageRequest } from '../graphql/index.js';
import type { Principal } from '../access/principal.js';
import { isAdministrator } from '../access/principal.js';
import { GroupModel, MembershipIndexing } from '../groups/index.js';
import { UserConnection, UserModel } from '../users/models/index.js';
import { UsersService } from '../users/index.js';
import type { FilteredUsers } from './user-directory.models.js';
import { UsersRequest } from './user-directory.models.js';
import { UserDirectory } from './user-directory.service.js';

/** Users, as administrators see them. */
@Resolver(() => UserConnection)
export class UserDirectoryResolver {
  constructor(
    private readonly directory: UserDirectory,
    private readonly users: UsersService,
    private readonly indexing: MembershipIndexing,
  ) {}

  @ForAdmins()
  @Query(() => UserConnection, { name: 'users', nullable: true, description: 'By user name.' })
  async list(@Args() request: UsersRequest): Promise<UserConnection> {
    if (readsMemberships(request.filter)) await this.indexing.whole();
    return this.directory.list(request, request.filter ?? {});
  }

  @ForAdmins()
  @Query(() => UserModel, { name: 'user', nullable: true })
  async one(@Args('id', { type: () => ID }) id: string): Promise<UserModel | null> {
    const user = await this.users.byId(id);
    return user && UserModel.of(user);
  }

  @ResolveField(() => Int, { nullable: true, description: 'Null if there are more than a thousand.' })
  totalCount(@Parent() { filter, few }: FilteredUsers): Promise<number | null> {
    return this.directory.count(filter, few);
  }
}

/** The members of a group. */
@Resolver(() => GroupModel)
export class GroupMembersResolver {
  constructor(
    private readonly directory: UserDirectory,
    private readonly indexing: MembershipIndexing,
  ) {}

  /** Users see the names of their own groups; only administrators see the members. */
  @ResolveField(() => UserConnection)
  async members(
    @Parent() { id: groupId }: GroupModel,
    @Args() page: PageRequest,
    @CurrentPrincipal() reader: Principal | null,
  ): Promise<UserConnection> {
    if (!reader || !isAdministrator(reader)) throw new Forbidden();
    await this.indexing.whole();
    return this.directory.list(page, { groupId });
  }
}

function readsMemberships(filter: UsersRequest['filter']): boolean {
  return filter?.groupId != null || filter?.isAdmin != null || filter?.tokenState != null;
}
