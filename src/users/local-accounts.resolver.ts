import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Audited } from '../audit/audited.decorator.js';
import { Exchange, ForAdmins, Public } from '../access/access.decorators.js';
import { AccessCheck } from '../access/access-check.js';
import type { HttpExchange, MooringRequest } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import { ValidForm } from '../graphql/input-validation.js';
import { AuthMode } from '../settings/auth-mode.js';
import { OnlyIn } from '../settings/only-in.decorator.js';
import {
  CreateUserInput,
  CreateUserPayload,
  DeleteUserInput,
  DeleteUserPayload,
  RegisterInput,
  RegisterPayload,
  ResetPasswordInput,
  ResetPasswordPayload,
} from './local-accounts.inputs.js';
import { Caller, LocalAccounts } from './local-accounts.service.js';
import { UserModel } from './user.model.js';

/** Accounts with a password. */
@OnlyIn(AuthMode.DATABASE)
@Resolver()
export class LocalAccountsResolver {
  constructor(
    private readonly accounts: LocalAccounts,
    private readonly access: AccessCheck,
  ) {}

  @Public()
  @ValidForm()
  @Audited('user.register')
  @Mutation(() => RegisterPayload, { description: 'DATABASE mode, and only while selfRegistration is on.' })
  async register(@Args('input') input: RegisterInput, @Exchange() { request }: HttpExchange): Promise<RegisterPayload> {
    return { user: UserModel.of(await this.accounts.register(input, clientAddressOf(request))) };
  }

  @ForAdmins()
  @ValidForm()
  @Audited('user.create')
  @Mutation(() => CreateUserPayload, { description: 'DATABASE mode, administrators.' })
  async createUser(
    @Args('input') input: CreateUserInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<CreateUserPayload> {
    return { user: UserModel.of(await this.accounts.create(input, input.isAdmin, this.callerOf(request))) };
  }

  @ForAdmins()
  @Audited('user.delete')
  @Mutation(() => DeleteUserPayload, { description: 'DATABASE mode, administrators.' })
  async deleteUser(@Args('input') { userId }: DeleteUserInput): Promise<DeleteUserPayload> {
    await this.accounts.delete(userId);
    return { userId };
  }

  @ForAdmins()
  @Audited('user.reset_password')
  @Mutation(() => ResetPasswordPayload, { description: 'DATABASE mode, administrators.' })
  async resetPassword(
    @Args('input') { userId, newPassword }: ResetPasswordInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<ResetPasswordPayload> {
    return { user: UserModel.of(await this.accounts.resetPassword(userId, newPassword, this.callerOf(request))) };
  }

  private callerOf(request: MooringRequest): Caller {
    return { address: clientAddressOf(request), demandAccess: () => this.access.demandAgain(request, 'ADMIN') };
  }
}
