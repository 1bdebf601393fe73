import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AdminGroupPolicy } from '../access/admin-group-policy.js';
import { AdminSource, UserModel } from '../users/models/index.js';

/** Whether a user is an administrator, and by what. */
@Resolver(() => UserModel)
export class UserRightsResolver {
  constructor(private readonly adminGroup: AdminGroupPolicy) {}

  @ResolveField(() => Boolean, { description: 'True if the user has any admin source.' })
  async isAdmin(@Parent() { entity }: UserModel): Promise<boolean> {
    return entity.isAdmin || this.isByGroup(entity.id, entity.issuer);
  }

  @ResolveField(() => [AdminSource])
  async adminSources(@Parent() { entity, isBuiltIn }: UserModel): Promise<AdminSource[]> {
    const sources = entity.isAdmin ? [isBuiltIn ? AdminSource.BUILT_IN : AdminSource.GRANT] : [];
    return (await this.isByGroup(entity.id, entity.issuer)) ? [...sources, AdminSource.OIDC_GROUP] : sources;
  }

  private async isByGroup(userId: string, issuer: string | null): Promise<boolean> {
    return issuer !== null && this.adminGroup.isKnownMember(userId);
  }
}
