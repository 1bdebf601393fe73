import { Args, Query, Resolver } from '@nestjs/graphql';
import { AuditedMutation } from '../audit/index.js';
import { CurrentPrincipal, CurrentUser, Exchange, ForUsers, Public } from '../access/access.decorators.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import type { Principal, UserPrincipal } from '../access/principal.js';
import { LocalLoginService, PasswordChange } from '../users/passwords/index.js';
import { returnedUserTarget, UsersService } from '../users/index.js';
import { UserModel } from '../users/models/index.js';
import { ChangePasswordInput, LoginInput } from './login.input.js';
import { ChangePasswordPayload, LoginPayload } from './login.payload.js';
import { SessionsService } from '../sessions/index.js';

/** The login with a password, the current user, and the change of the own password. */
@Resolver()
export class LoginResolver {
  constructor(
    private readonly localLogin: LocalLoginService,
    private readonly passwords: PasswordChange,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
  ) {}

  @Public()
  @Query(() => UserModel, {
    nullable: true,
    description: 'Null if the caller is not logged in, or uses a service token.',
  })
  async me(@CurrentPrincipal() principal: Principal | null): Promise<UserModel | null> {
    const user = principal?.kind === 'user' ? await this.users.byId(principal.userId) : null;
    return user && UserModel.of(user);
  }

  @Public()
  @AuditedMutation('login', returnedUserTarget, () => LoginPayload, {
    description:
      'For local accounts. In OIDC mode only for the built-in administrator; every other name gets USE_OIDC_LOGIN, whether it exists or not.',
  })
  async login(@Args('input') input: LoginInput, @Exchange() exchange: HttpExchange): Promise<LoginPayload> {
    const address = clientAddressOf(exchange.request);
    const user = await this.localLogin.verify({ ...input, address });
    await this.users.noteLogin(user.id);
    await this.sessions.open(exchange, user);
    return { user: UserModel.of(user) };
  }

  @ForUsers()
  @AuditedMutation('user.change_password', returnedUserTarget, () => ChangePasswordPayload, {
    description: "Changes the caller's own password. In OIDC mode only the built-in administrator has one.",
  })
  async changePassword(
    @CurrentUser() { userId }: UserPrincipal,
    @Args('input') { currentPassword, newPassword }: ChangePasswordInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<ChangePasswordPayload> {
    const address = clientAddressOf(request);
    const { user, stampBefore } = await this.passwords.changePassword(userId, currentPassword, newPassword, address);
    await this.sessions.keep(request, user, stampBefore);
    return { user: UserModel.of(user) };
  }
}
