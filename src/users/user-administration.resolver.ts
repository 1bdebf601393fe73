import { Args, Resolver } from '@nestjs/graphql';
import { AuditedMutation } from '../audit/index.js';
import { Exchange, ForAdmins } from '../access/access.decorators.js';
import { AccessCheck } from '../access/access-check.js';
import type { HttpExchange, MooringRequest } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import { ValidForm } from '../graphql/index.js';
import { AuthMode } from '../settings/auth-mode.js';
import { OnlyIn } from '../settings/only-in.decorator.js';
import { Caller } from './account-creation.service.js';
import {
  CreateUserInput,
  CreateUserPayload,
  DeleteUserInput,
  DeleteUserPayload,
  ResetPasswordInput,
  ResetPasswordPayload,
  SetUserAdminInput,
  SetUserAdminPayload,
  SetUserDisabledInput,
  SetUserDisabledPayload,
} from './user-administration.inputs.js';
import { UserAdministration } from './user-administration.service.js';
import { UserDisabling } from './user-disabling.service.js';
import { deletedUserTarget, returnedUserTarget, userChanges, userTarget } from './user.audit.js';
import { UserModel } from './models/user.model.js';

/** The mutations with which administrators change other users. */
@Resolver()
export class UserAdministrationResolver {
  constructor(
    private readonly administration: UserAdministration,
    private readonly disabling: UserDisabling,
    private readonly access: AccessCheck,
  ) {}

  @ForAdmins()
  @OnlyIn(AuthMode.DATABASE)
  @ValidForm()
  @AuditedMutation('user.create', returnedUserTarget, () => CreateUserPayload, {
    description: 'DATABASE mode, administrators.',
  })
  async createUser(
    @Args('input') input: CreateUserInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<CreateUserPayload> {
    const user = await this.administration.create(input, input.isAdmin, this.callerOf(request));
    return { user: UserModel.of(user), changes: userChanges(null, user) };
  }

  @ForAdmins()
  @OnlyIn(AuthMode.DATABASE)
  @AuditedMutation('user.delete', deletedUserTarget, () => DeleteUserPayload, {
    description: 'DATABASE mode, administrators.',
  })
  async deleteUser(@Args('input') { userId }: DeleteUserInput): Promise<DeleteUserPayload> {
    await this.administration.delete(userId);
    return { userId };
  }

  @ForAdmins()
  @OnlyIn(AuthMode.DATABASE)
  @AuditedMutation('user.reset_password', userTarget, () => ResetPasswordPayload, {
    description: 'DATABASE mode, administrators.',
  })
  async resetPassword(
    @Args('input') { userId, newPassword }: ResetPasswordInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<ResetPasswordPayload> {
    return { user: UserModel.of(await this.administration.resetPassword(userId, newPassword, this.callerOf(request))) };
  }

  @ForAdmins()
  @AuditedMutation('user.set_admin', userTarget, () => SetUserAdminPayload, {
    description:
      'Grants the administrator role directly, or revokes that grant; membership of the admin group is not affected. Administrators.',
  })
  async setUserAdmin(@Args('input') { userId, isAdmin }: SetUserAdminInput): Promise<SetUserAdminPayload> {
    const { user, before } = await this.administration.setAdmin(userId, isAdmin);
    return { user: UserModel.of(user), changes: userChanges(before, user) };
  }

  @ForAdmins()
  @AuditedMutation('user.set_disabled', userTarget, () => SetUserDisabledPayload, {
    description: "Disabling also ends the user's sessions. Administrators.",
  })
  async setUserDisabled(@Args('input') { userId, isDisabled }: SetUserDisabledInput): Promise<SetUserDisabledPayload> {
    const { user, before } = await this.disabling.setDisabled(userId, isDisabled);
    return { user: UserModel.of(user), before, changes: userChanges(before, user) };
  }

  private callerOf(request: MooringRequest): Caller {
    return { address: clientAddressOf(request), demandAccess: () => this.access.demandAgain(request, 'ADMIN') };
  }
}
