import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { OnlyIn } from '../../settings/only-in.decorator.js';
import { Audited } from '../../audit/audited.decorator.js';
import type { HttpExchange } from '../../access/access.decorators.js';
import { Exchange, Public } from '../../access/access.decorators.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { returnedUserTarget } from '../../users/user.audit.js';
import { UserModel } from '../../users/user.model.js';
import { FirstLogin } from './first-login.service.js';
import { NameAdvice } from './name-advice.service.js';
import { OnboardInput, OnboardPayload, PendingOnboarding, UsernameAvailability } from './onboarding.models.js';

/** Choosing a user name at the first login. */
@Resolver()
export class OnboardingResolver {
  constructor(
    private readonly firstLogin: FirstLogin,
    private readonly advice: NameAdvice,
  ) {}

  @Public()
  @Query(() => PendingOnboarding, {
    nullable: true,
    description: 'Null when no onboarding is under way in this browser.',
  })
  pendingOnboarding(@Exchange() { request }: HttpExchange): Promise<PendingOnboarding | null> {
    return this.advice.pending(request);
  }

  @Public()
  @Query(() => UsernameAvailability, {
    nullable: true,
    description: 'For a pending onboarding, self-registration, or an administrator.',
  })
  usernameAvailability(
    @Exchange() { request }: HttpExchange,
    @Args('username', { type: () => String }) username: string,
  ): Promise<UsernameAvailability> {
    return this.advice.availability(request, username);
  }

  @Public()
  @OnlyIn(AuthMode.OIDC)
  @Audited('onboard', returnedUserTarget)
  @Mutation(() => OnboardPayload, { description: 'Ends a first OIDC login by choosing the user name.' })
  async onboard(@Exchange() exchange: HttpExchange, @Args('input') input: OnboardInput): Promise<OnboardPayload> {
    const { user, redirectUrl } = await this.firstLogin.finish(exchange, input.username);
    return { user: UserModel.of(user), redirectUrl };
  }
}
