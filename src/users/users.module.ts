import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { AccountCreation } from './account-creation.service.js';
import { BuiltInAdminService } from './built-in-admin.service.js';
import { LocalLoginService } from './passwords/local-login.service.js';
import { IdentityMoves, IdentityRequest, IdentityRequests } from './identities/index.js';
import { NameSuggestions } from './names/name-suggestions.service.js';
import { OnboardingNames } from './names/onboarding-names.service.js';
import { OnboardingService } from './onboarding.service.js';
import { PasswordChange } from './passwords/password-change.service.js';
import { PasswordCheck } from './passwords/password-check.service.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { ProfileResolver } from './profile.resolver.js';
import { ProfileService } from './profile.service.js';
import { RegistrationResolver } from './registration.resolver.js';
import { Registration } from './registration.service.js';
import { SecretRulesResolver } from './passwords/secret-rules.resolver.js';
import { UserAdministrationResolver } from './user-administration.resolver.js';
import { UserAdministration } from './user-administration.service.js';
import { UserDisabling } from './user-disabling.service.js';
import { User } from './user.entity.js';
import { UsersService } from './users.service.js';
import { UserWord } from './words/user-word.entity.js';
import { WordIndex } from './words/word-index.service.js';

/**
 * Owns users: accounts, user names, passwords, and the onboarding of verified identities. Knows neither sessions nor the
 * provider's protocol.
 */
@Module({
  imports: [TypeOrmModule.forFeature([User, IdentityRequest, UserWord]), ThrottlingModule],
  providers: [
    ...[UsersService, NameSuggestions, OnboardingNames, BuiltInAdminService],
    ...[IdentityMoves, IdentityRequests, WordIndex],
    ...[PasswordHasher, PasswordCheck, LocalLoginService, PasswordChange],
    ...[AccountCreation, Registration, UserAdministration, UserDisabling, ProfileService, OnboardingService],
    ...[RegistrationResolver, UserAdministrationResolver, ProfileResolver, SecretRulesResolver],
  ],
  exports: [
    ...[UsersService, NameSuggestions, OnboardingNames, LocalLoginService, PasswordChange, OnboardingService],
    ...[IdentityMoves, IdentityRequests],
  ],
})
export class UsersModule {}
