import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupsModule } from '../groups/groups.module.js';
import { GroupAdmins } from '../access/admin-group-policy.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AutoOnboarding } from './login/auto-onboarding.service.js';
import { BackchannelLogoutController } from './logout/backchannel-logout.controller.js';
import { BackchannelLogoutService } from './logout/backchannel-logout.service.js';
import { CurrentProvider } from './current-provider.service.js';
import { FirstLogin } from './login/first-login.service.js';
import { GrantRefresh } from './refresh/refresh-attempt.service.js';
import { GrantRefresher } from './refresh/refresh-coordinator.service.js';
import { GrantVault } from '../grants/grant-store.service.js';
import { KnownLogin } from './login/returning-login.service.js';
import { LoginAttempts } from './login/login-attempts.service.js';
import { LoginOptionsResolver } from '../login/login-options.resolver.js';
import { LogoutEnding } from './logout/logout-propagation.service.js';
import { NameAdvice } from './login/name-advice.service.js';
import { OidcIdentityResolver } from '../directory/oidc-identity.resolver.js';
import { OidcIdentityService } from '../directory/oidc-identity.service.js';
import { OidcLoginController } from './login/oidc-login.controller.js';
import { OidcLogin } from './login/login-dispatcher.service.js';
import { OidcStrategy } from './login/oidc.strategy.js';
import { OnboardingResolver } from './login/onboarding.resolver.js';
import { PendingOnboardings } from './login/pending-onboardings.service.js';
import { ProviderGroupAdmins } from './refresh/provider-group-admins.service.js';
import { ProviderGrant } from '../grants/provider-grant.entity.js';
import { ProviderTestResolver } from '../configuration/provider-test.resolver.js';
import { ProviderService } from './provider/index.js';
import { ProviderLogoutController } from './logout/rp-initiated-logout.controller.js';
import { ProviderLogout } from './logout/rp-initiated-logout.service.js';
import { GroupMembersResolver, UserDirectoryResolver } from '../directory/user-directory.resolver.js';
import { UserDirectory } from '../directory/user-directory.service.js';
import { UserRightsResolver } from '../directory/user-rights.resolver.js';

/**
 * Owns the login at the provider, the choice of a name at the first one, and what the provider vouches for since. The
 * protocol itself is in `provider/`, which knows no users. Does not know CLI secrets. Global, because the guard, which is
 * lower, asks it who is an administrator by group.
 */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ProviderGrant]), GroupsModule, SessionsModule, UsersModule],
  controllers: [OidcLoginController, ProviderLogoutController, BackchannelLogoutController],
  providers: [
    ...[ProviderService, CurrentProvider, LoginAttempts, OidcStrategy],
    ...[
      GrantVault,
      GrantRefresh,
      GrantRefresher,
      PendingOnboardings,
      OidcLogin,
      KnownLogin,
      FirstLogin,
      NameAdvice,
      OidcIdentityService,
      AutoOnboarding,
    ],
    ...[BackchannelLogoutService, LogoutEnding],
    ...[ProviderLogout, UserDirectory, UserDirectoryResolver, GroupMembersResolver, ProviderTestResolver],
    ...[OnboardingResolver, LoginOptionsResolver, OidcIdentityResolver, UserRightsResolver],
    { provide: GroupAdmins, useClass: ProviderGroupAdmins },
  ],
  exports: [CurrentProvider, GrantRefresher, GroupAdmins],
})
export class OidcModule {}
