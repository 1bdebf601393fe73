import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Exchange, ForAdmins, ForUsers } from '../access/access.decorators.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import { ValidForm } from '../graphql/input-validation.js';
import type { UserPrincipal } from '../access/principal.js';
import {
  SetUserAdminInput,
  SetUserAdminPayload,
  SetUserDisabledInput,
  SetUserDisabledPayload,
  UpdateProfileInput,
  UpdateProfilePayload,
} from './local-accounts.inputs.js';
import { People } from './people.service.js';
import { UserModel } from './user.model.js';

/** What is known of people, and who of them may what. */
@Resolver()
export class PeopleResolver {
  constructor(private readonly people: People) {}

  @ForUsers()
  @ValidForm()
  @Audited('user.update_profile')
  @Mutation(() => UpdateProfilePayload, {
    description: "The caller's own real name and comment, and e-mail address of a LOCAL user.",
  })
  async updateProfile(
    @CurrentUser() actor: UserPrincipal,
    @Args('input') input: UpdateProfileInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<UpdateProfilePayload> {
    const address = clientAddressOf(request);
    return { user: UserModel.of(await this.people.updateProfile(actor.userId, input, address)) };
  }

  @ForAdmins()
  @Audited('user.set_admin')
  @Mutation(() => SetUserAdminPayload, {
    description: 'The grant alone: membership of the admin group stays what it is. Administrators.',
  })
  async setUserAdmin(@Args('input') { userId, isAdmin }: SetUserAdminInput): Promise<SetUserAdminPayload> {
    return { user: UserModel.of(await this.people.setAdmin(userId, isAdmin)) };
  }

  @ForAdmins()
  @Audited('user.set_disabled')
  @Mutation(() => SetUserDisabledPayload, { description: "Ends the user's sessions as well. Administrators." })
  async setUserDisabled(@Args('input') { userId, isDisabled }: SetUserDisabledInput): Promise<SetUserDisabledPayload> {
    const { user, before } = await this.people.setDisabled(userId, isDisabled);
    return { user: UserModel.of(user), before };
  }
}
