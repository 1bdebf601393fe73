import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LoginPreviewModel } from '../../configuration/index.js';
import { repositoryNameOf } from '../protocol/index.js';

/** The field `LoginPreview.repositoryName`. */
@Resolver(() => LoginPreviewModel)
export class PreviewRepositoryNameResolver {
  @ResolveField(() => String, {
    nullable: true,
    description:
      'The place in the registry that the user name gives, the value of ${username} in access rules; null if it gives none.',
  })
  repositoryName(@Parent() { username }: LoginPreviewModel): string | null {
    return username === null ? null : repositoryNameOf(username);
  }
}
