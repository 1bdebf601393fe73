import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { UserModel } from '../../users/models/user.model.js';
import { repositoryNameOf } from '../protocol/repository-name.js';

/** The field `User.repositoryName`. */
@Resolver(() => UserModel)
export class UserRepositoryNameResolver {
  @ResolveField(() => String, {
    nullable: true,
    description: 'The value of ${username} in access rules; null if the user name is not valid in a repository name.',
  })
  repositoryName(@Parent() { username }: UserModel): string | null {
    return repositoryNameOf(username);
  }
}
