import { Module } from '@nestjs/common';
import { GrantsModule } from '../grants/grants.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { ProviderLogoutsModule } from '../provider-logouts/provider-logouts.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SingleUseModule } from '../single-use/single-use.module.js';
import { UsersModule } from '../users/users.module.js';
import { CurrentProvider } from './current-provider.service.js';
import { AutoOnboarding } from './login/auto-onboarding.service.js';
import { FirstLogin } from './login/first-login.service.js';
import { LoginAttempts } from './login/login-attempts.service.js';
import { OidcLogin } from './login/login-dispatcher.service.js';
import { NameAdvice } from './login/name-advice.service.js';
import { OidcLoginController } from './login/oidc-login.controller.js';
import { OidcStrategy } from './login/oidc.strategy.js';
import { OnboardingResolver } from './login/onboarding.resolver.js';
import { PendingOnboardings } from './login/pending-onboardings.service.js';
import { KnownLogin } from './login/returning-login.service.js';
import { BackchannelLogoutController } from './logout/backchannel-logout.controller.js';
import { BackchannelLogoutService } from './logout/backchannel-logout.service.js';
import { LogoutEnding } from './logout/logout-propagation.service.js';
import { ProviderLogoutController } from './logout/rp-initiated-logout.controller.js';
import { ProviderLogout } from './logout/rp-initiated-logout.service.js';
import { ProviderService } from './provider/index.js';
import { ProviderGroupAdmins } from './refresh/provider-group-admins.service.js';
import { GrantRefresh } from './refresh/refresh-attempt.service.js';
import { GrantRefresher } from './refresh/refresh-coordinator.service.js';

/**
 * Owns the login at the provider, the choice of a name at the first one, refreshes, and logouts at the provider. The
 * protocol itself is in `provider/`, which knows no users. Does not know CLI secrets.
 */
@Module({
  imports: [GrantsModule, GroupsModule, ProviderLogoutsModule, SessionsModule, SingleUseModule, UsersModule],
  controllers: [OidcLoginController, ProviderLogoutController, BackchannelLogoutController],
  providers: [
    ...[ProviderService, CurrentProvider],
    ...[LoginAttempts, OidcStrategy, OidcLogin, KnownLogin, FirstLogin, AutoOnboarding],
    ...[PendingOnboardings, NameAdvice, OnboardingResolver],
    ...[GrantRefresh, GrantRefresher, ProviderGroupAdmins],
    ...[BackchannelLogoutService, LogoutEnding, ProviderLogout],
  ],
  exports: [CurrentProvider, GrantRefresher, ProviderGroupAdmins, ProviderLogout],
})
export class OidcModule {}
