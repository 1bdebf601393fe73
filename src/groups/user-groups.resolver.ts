import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { UserModel } from '../users/models/index.js';
import { GroupModel } from './group.model.js';
import { GroupsService } from './groups.service.js';

/** The groups of a user. */
@Resolver(() => UserModel)
export class UserGroupsResolver {
  constructor(private readonly groups: GroupsService) {}

  @ResolveField('groups', () => [GroupModel])
  groupsOf(@Parent() user: UserModel): Promise<GroupModel[]> {
    return this.groups.groupsOf(user.id);
  }
}
