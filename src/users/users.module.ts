import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { BuiltInAdminService } from './built-in-admin.service.js';
import { LocalAccountsResolver } from './local-accounts.resolver.js';
import { LocalAccounts } from './local-accounts.service.js';
import { LocalLoginService } from './passwords/local-login.service.js';
import { NameSuggestions } from './names/name-suggestions.service.js';
import { OnboardingService } from './onboarding.service.js';
import { PasswordCheck } from './passwords/password-check.service.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PeopleResolver } from './people.resolver.js';
import { People } from './people.service.js';
import { SecretRulesResolver } from './passwords/secret-rules.resolver.js';
import { User } from './user.entity.js';
import { UsersService } from './users.service.js';

/**
 * Owns people: accounts, user names, passwords, and giving a verified person a name. Knows neither sessions nor the
 * provider's protocol.
 */
@Module({
  imports: [TypeOrmModule.forFeature([User]), ThrottlingModule],
  providers: [
    ...[UsersService, NameSuggestions, PasswordHasher, PasswordCheck, BuiltInAdminService],
    ...[LocalLoginService, LocalAccounts, OnboardingService, People],
    ...[LocalAccountsResolver, PeopleResolver, SecretRulesResolver],
  ],
  exports: [UsersService, NameSuggestions, LocalLoginService, LocalAccounts, OnboardingService],
})
export class UsersModule {}
