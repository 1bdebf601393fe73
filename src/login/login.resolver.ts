import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentPrincipal, CurrentUser, Exchange, ForUsers, Public } from '../access/access.decorators.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import type { Principal, UserPrincipal } from '../access/principal.js';
import { LocalLoginService } from '../users/passwords/local-login.service.js';
import { PasswordChange } from '../users/passwords/password-change.service.js';
import { returnedUserTarget } from '../users/user.audit.js';
import { UserModel } from '../users/user.model.js';
import { UsersService } from '../users/users.service.js';
import { ChangePasswordInput, LoginInput } from './login.input.js';
import { ChangePasswordPayload, LoginPayload } from './login.payload.js';
import { SessionsService } from '../sessions/sessions.service.js';

/** Logging in with a password, and who one is. */
@Resolver()
export class LoginResolver {
  constructor(
    private readonly localLogin: LocalLoginService,
    private readonly passwords: PasswordChange,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
  ) {}

  @Public()
  @Query(() => UserModel, { nullable: true, description: 'Null when nobody is logged in, or a service token asks.' })
  async me(@CurrentPrincipal() principal: Principal | null): Promise<UserModel | null> {
    const user = principal?.kind === 'user' ? await this.users.byId(principal.userId) : null;
    return user && UserModel.of(user);
  }

  @Public()
  @Audited('login', returnedUserTarget)
  @Mutation(() => LoginPayload, {
    description:
      'Local accounts; in OIDC mode only the built-in administrator (others get USE_OIDC_LOGIN only where that tells nothing about the name).',
  })
  async login(@Args('input') input: LoginInput, @Exchange() exchange: HttpExchange): Promise<LoginPayload> {
    const address = clientAddressOf(exchange.request);
    const user = await this.localLogin.verify({ ...input, address });
    await this.users.noteLogin(user.id);
    await this.sessions.open(exchange, user);
    return { user: UserModel.of(user) };
  }

  @ForUsers()
  @Audited('user.change_password', returnedUserTarget)
  @Mutation(() => ChangePasswordPayload, {
    description: "The caller's own. DATABASE mode; in OIDC mode the built-in administrator's alone.",
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
