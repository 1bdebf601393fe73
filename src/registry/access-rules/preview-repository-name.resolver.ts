import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LoginPreviewModel } from '../../configuration/index.js';
import { UsersService } from '../../users/index.js';
import { repositoryNameOf } from '../protocol/index.js';

/** The field `LoginPreview.repositoryName`. */
@Resolver(() => LoginPreviewModel)
export class PreviewRepositoryNameResolver {
  constructor(private readonly users: UsersService) {}

  @ResolveField(() => String, {
    nullable: true,
    description:
      'The place in the registry, the value of ${username} in access rules: that of the account that the person has here, else the one that the user name from the provider gives; null if there is none.',
  })
  async repositoryName(@Parent() { issuer, subject, username }: LoginPreviewModel): Promise<string | null> {
    const account = await this.users.byIdentity(issuer, subject);
    const name = account?.username ?? username;
    return name === null ? null : repositoryNameOf(name);
  }
}
