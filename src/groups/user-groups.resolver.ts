import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { UserModel } from '../users/models/index.js';
import { GroupModel } from './group.model.js';
import { GroupsService } from './groups.service.js';
import { MembershipIndexing } from './membership-indexing.service.js';

/** The groups of a user. */
@Resolver(() => UserModel)
export class UserGroupsResolver {
  constructor(
    private readonly groups: GroupsService,
    private readonly indexing: MembershipIndexing,
  ) {}

  @ResolveField('groups', () => [GroupModel])
  async groupsOf(@Parent() user: UserModel): Promise<GroupModel[]> {
    await this.indexing.wholeFor(user.id);
    return this.groups.groupsOf(user.id);
  }
}
