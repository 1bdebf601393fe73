import { Module } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { GrantsModule } from '../grants/grants.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { ProviderFactsModule } from '../provider-facts/provider-facts.module.js';
import { ProviderLogoutsModule } from '../provider-logouts/provider-logouts.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SingleUseModule } from '../single-use/single-use.module.js';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { UsersModule } from '../users/users.module.js';
import { ClientKeys, ClientKeysController } from './client-keys/index.js';
import { ClientKeysModule } from './client-keys/client-keys.module.js';
import { CurrentProvider } from './current-provider.service.js';
import { ConsentNotes, ConsentOffers, ConsentRounds, ConsentStarts } from './consent/index.js';
import { AccountRequestResolver } from './login/account-request.resolver.js';
import { AccountRequests } from './login/account-requests.service.js';
import { AutoOnboarding } from './login/auto-onboarding.service.js';
import { FirstLogin } from './login/first-login.service.js';
import { LoginAttempts } from './login/login-attempts.service.js';
import { LoginCompletion } from './login/login-completion.service.js';
import { LoginGrants } from './login/login-grants.service.js';
import { LoginPermission } from './login/login-permission.service.js';
import { LoginDispatcher } from './login/login-dispatcher.service.js';
import { LoginRequests } from './login/login-requests.service.js';
import { LoginVerification } from './login/login-verification.service.js';
import { OidcLoginController } from './login/oidc-login.controller.js';
import { OidcStrategy } from './login/oidc.strategy.js';
import { OnboardingResolver } from './login/onboarding.resolver.js';
import { PendingOnboardings } from './login/pending-onboardings.service.js';
import { ReturningLogin } from './login/returning-login.service.js';
import { UsernameAvailabilityService } from './login/username-availability.service.js';
import { BackchannelLogoutController } from './logout/backchannel-logout.controller.js';
import { BackchannelLogoutService } from './logout/backchannel-logout.service.js';
import { FrontchannelLogoutController } from './logout/frontchannel-logout.controller.js';
import { FrontchannelLogoutService } from './logout/frontchannel-logout.service.js';
import { LogoutChoices } from './logout/logout-choices.service.js';
import { LogoutForms } from './logout/logout-forms.service.js';
import { LogoutPropagation } from './logout/logout-propagation.service.js';
import { RpInitiatedLogoutController } from './logout/rp-initiated-logout.controller.js';
import { RpInitiatedLogout } from './logout/rp-initiated-logout.service.js';
import { ProviderService } from './provider/index.js';
import { ProviderGroupAdmins } from './refresh/provider-group-admins.service.js';
import { ProviderSilence } from './refresh/provider-silence.service.js';
import { RecoveryCanary } from './refresh/recovery-canary.service.js';
import { RefreshTurns } from './refresh/refresh-turns.service.js';
import { RefreshAttempt } from './refresh/refresh-attempt.service.js';
import { RefreshRecord } from './refresh/refresh-record.service.js';
import { RefreshOutcomes } from './refresh/refresh-outcomes.service.js';
import { RefreshCoordinator } from './refresh/refresh-coordinator.service.js';
import { UserinfoConfirmation } from './refresh/userinfo-confirmation.service.js';
import { LearnedFactsService } from './learned-facts.service.js';
import { LogoutEvidence } from './logout-evidence.service.js';
import { TestLoginExchange, TestLogins } from './test-login/index.js';
import { SharedAuthentications } from './shared-authentications.service.js';

const PROVIDERS = {
  provide: ProviderService,
  inject: [Clock, SharedAuthentications, ClientKeys],
  useFactory: (clock: Clock, authentications: SharedAuthentications, keys: ClientKeys) =>
    new ProviderService(
      clock,
      (client, revision) => authentications.of(client, revision),
      (algorithm) => keys.signing(algorithm),
    ),
};

/**
 * Owns logins at the provider, onboarding, refreshes, and logouts at the provider. The protocol itself is in `provider/`,
 * which knows no users. Does not know CLI secrets.
 */
@Module({
  imports: [
    ...[ClientKeysModule, GrantsModule, GroupsModule, ProviderFactsModule, ProviderLogoutsModule],
    ...[SessionsModule, SingleUseModule, ThrottlingModule, UsersModule],
  ],
  controllers: [
    ...[OidcLoginController, RpInitiatedLogoutController, ClientKeysController],
    ...[BackchannelLogoutController, FrontchannelLogoutController],
  ],
  providers: [
    ...[SharedAuthentications, PROVIDERS, CurrentProvider, LearnedFactsService, LogoutEvidence],
    ...[LoginAttempts, LoginRequests, OidcStrategy, LoginDispatcher, ReturningLogin, FirstLogin, AutoOnboarding],
    ...[LoginVerification, LoginCompletion, ConsentNotes, ConsentOffers, ConsentStarts, ConsentRounds],
    ...[LoginGrants, LoginPermission, PendingOnboardings, UsernameAvailabilityService, OnboardingResolver],
    ...[AccountRequests, AccountRequestResolver],
    ...[RefreshAttempt, RefreshOutcomes, RefreshRecord, RefreshCoordinator],
    ...[ProviderSilence, RefreshTurns, RecoveryCanary],
    ...[ProviderGroupAdmins, UserinfoConfirmation],
    ...[BackchannelLogoutService, FrontchannelLogoutService, LogoutPropagation],
    ...[TestLoginExchange, TestLogins],
    ...[LogoutChoices, LogoutForms, RpInitiatedLogout],
  ],
  exports: [
    SharedAuthentications,
    LearnedFactsService,
    CurrentProvider,
    RefreshCoordinator,
    ProviderGroupAdmins,
    LogoutChoices,
    UserinfoConfirmation,
    TestLogins,
  ],
})
export class OidcModule {}
