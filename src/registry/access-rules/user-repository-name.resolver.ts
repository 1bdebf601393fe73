import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { UserModel } from '../../users/models/index.js';
import { repositoryNameOf } from '../protocol/index.js';

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
