import { Args, Resolver } from '@nestjs/graphql';
import { AuditedMutation } from '../audit/index.js';
import { CurrentUser, Exchange, ForUsers } from '../access/access.decorators.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import { ValidForm } from '../graphql/index.js';
import type { UserPrincipal } from '../access/principal.js';
import { UpdateProfileInput, UpdateProfilePayload } from './profile.inputs.js';
import { ProfileService } from './profile.service.js';
import { returnedUserTarget, userChanges } from './user.audit.js';
import { UserModel } from './models/user.model.js';

/** The caller's own profile. */
@Resolver()
export class ProfileResolver {
  constructor(private readonly profiles: ProfileService) {}

  @ForUsers()
  @ValidForm()
  @AuditedMutation('user.update_profile', returnedUserTarget, () => UpdateProfilePayload, {
    description: "The caller's own real name and comment, and e-mail address of a LOCAL user.",
  })
  async updateProfile(
    @CurrentUser() actor: UserPrincipal,
    @Args('input') input: UpdateProfileInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<UpdateProfilePayload> {
    const address = clientAddressOf(request);
    const { user, before } = await this.profiles.updateProfile(actor.userId, input, address);
    return { user: UserModel.of(user), changes: userChanges(before, user) };
  }
}
