import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BuiltInAdminService } from './built-in-admin.service.js';
import { LocalLoginService } from './local-login.service.js';
import { OnboardingService } from './onboarding.service.js';
import { PasswordHasher } from './password-hasher.js';
import { User } from './user.entity.js';
import { UsersService } from './users.service.js';

/**
 * Owns people: accounts, user names, passwords, and giving a verified person a name. Knows neither sessions nor the
 * provider's protocol.
 */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [UsersService, PasswordHasher, LocalLoginService, OnboardingService, BuiltInAdminService],
  exports: [UsersService, LocalLoginService, OnboardingService],
})
export class UsersModule {}
