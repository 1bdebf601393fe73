import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { UserModel } from '../../users/user.model.js';
import { repositoryNameOf } from '../protocol/repository-name.js';

/** What of a user the registry knows. */
@Resolver(() => UserModel)
export class UserRepositoryNameResolver {
  @ResolveField(() => String, {
    nullable: true,
    description: "What ${username} stands for in access rules; null where the name can't stand in a repository name.",
  })
  repositoryName(@Parent() { username }: UserModel): string | null {
    return repositoryNameOf(username);
  }
}
