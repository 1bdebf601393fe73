import { Inject } from '@nestjs/common';
import { Args, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { HttpExchange } from '../access/access.decorators.js';
import { Exchange, Public } from '../access/access.decorators.js';
import { basePathOf, OIDC_LOGIN_PATH, publicUrlOf } from '../config/public-urls.js';
import { safeReturnPath } from '../http/index.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { loginLimitIn } from '../grants/limits/index.js';
import { AuthMode } from '../settings/auth-mode.js';
import { SettingsService } from '../settings/settings.service.js';
import { LoginOptions, LoginProvider } from './login-options.model.js';
import { providerNameOf } from '../settings/provider-name.js';

/** The login options. */
@Resolver(() => LoginProvider)
export class LoginOptionsResolver {
  constructor(
    private readonly settings: SettingsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Public()
  @Query(() => LoginOptions)
  loginOptions(@Exchange() { request }: HttpExchange): Omit<LoginOptions, 'logoutEndsCliSecret'> {
    const { authMode, oidc, general } = this.settings.current();
    const isOidc = authMode === AuthMode.OIDC;
    return {
      authMode,
      oidcProvider: isOidc ? { name: providerNameOf(oidc) } : null,
      oidcPrimary: isOidc && general.oidcPrimary,
      selfRegistration: !isOidc && general.selfRegistration,
      endedBy: request.refusal ? loginLimitIn(request.refusal) : null,
    };
  }

  @ResolveField(() => String, {
    description: 'The URL of the login button. returnTo: a path of this installation, opened after the login.',
  })
  loginUrl(@Args('returnTo', { type: () => String, nullable: true }) returnTo?: string | null): string {
    const path = safeReturnPath(returnTo ?? undefined, basePathOf(this.environment));
    const query = new URLSearchParams({ redirect_url: path });
    return publicUrlOf(this.environment, `${OIDC_LOGIN_PATH}?${query}`);
  }
}
