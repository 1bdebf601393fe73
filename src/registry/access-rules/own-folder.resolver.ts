import { Query, Resolver } from '@nestjs/graphql';
import { CurrentUser, ForUsers } from '../../access/access.decorators.js';
import type { UserPrincipal } from '../../access/principal.js';
import { RepositoryNames } from '../../users/names/index.js';
import { UsersService } from '../../users/index.js';

/** Tells users where their own images go. */
@Resolver()
export class OwnFolderResolver {
  constructor(
    private readonly users: UsersService,
    private readonly folders: RepositoryNames,
  ) {}

  @ForUsers()
  @Query(() => String, {
    nullable: true,
    description:
      'The folder of the registry into which the access rules let the caller push like everybody else, such as users/lin; null if no rule gives one.',
  })
  async ownRepositoryFolder(@CurrentUser() { userId }: UserPrincipal): Promise<string | null> {
    const user = await this.users.byId(userId);
    return user && this.folders.folderOf(user.username);
  }
}
