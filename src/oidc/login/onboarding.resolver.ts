import { Inject } from '@nestjs/common';
import { Args, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { OnlyIn } from '../../settings/only-in.decorator.js';
import { AuditedMutation } from '../../audit/index.js';
import type { HttpExchange } from '../../access/access.decorators.js';
import { Exchange, Public } from '../../access/access.decorators.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { publicPathOf } from '../../config/public-urls.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { SettingsService } from '../../settings/settings.service.js';
import { shownRegistryAddresses } from '../../settings/shown-registry-addresses.js';
import { returnedUserTarget } from '../../users/index.js';
import { UserModel } from '../../users/models/index.js';
import { FirstLogin } from './first-login.service.js';
import { OnboardInput, OnboardPayload, PendingOnboarding, UsernameAvailability } from './onboarding.models.js';
import { PendingOnboardings } from './pending-onboardings.service.js';
import { UsernameAvailabilityService } from './username-availability.service.js';

/** The choice of a user name at the first login. */
@Resolver(() => PendingOnboarding)
export class OnboardingResolver {
  constructor(
    private readonly firstLogin: FirstLogin,
    private readonly pendings: PendingOnboardings,
    private readonly usernames: UsernameAvailabilityService,
    private readonly settings: SettingsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Public()
  @Query(() => PendingOnboarding, {
    nullable: true,
    description: 'Null if this browser has no pending onboarding.',
  })
  pendingOnboarding(@Exchange() { request }: HttpExchange): Promise<PendingOnboarding | null> {
    return this.pendings.summaryOf(request);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'The first of registryAddresses, before there is an account that may read them; null if there is none.',
  })
  registryAddress(): string | null {
    const { registryAddresses } = this.settings.current().general;
    return shownRegistryAddresses(registryAddresses, this.environment)[0] ?? null;
  }

  @Public()
  @Query(() => UsernameAvailability, {
    nullable: true,
    description:
      'Open to a browser with a pending onboarding, to anyone while self-registration is on, and to administrators.',
  })
  usernameAvailability(
    @Exchange() { request }: HttpExchange,
    @Args('username', { type: () => String }) username: string,
  ): Promise<UsernameAvailability> {
    return this.usernames.check(request, username);
  }

  @Public()
  @OnlyIn(AuthMode.OIDC)
  @AuditedMutation('onboard', returnedUserTarget, () => OnboardPayload, {
    description: 'Completes a first OIDC login with the chosen user name.',
  })
  async onboard(@Exchange() exchange: HttpExchange, @Args('input') input: OnboardInput): Promise<OnboardPayload> {
    const { user, redirectUrl } = await this.firstLogin.finish(exchange, input.username);
    return { user: UserModel.of(user), redirectUrl: publicPathOf(this.environment, redirectUrl) };
  }
}
