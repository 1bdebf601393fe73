import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { AuthModeService } from './auth-mode.service.js';
import { ConfigurationResolver } from '../configuration/configuration.resolver.js';

/**
 * Owns the rule about switching the auth mode, and the configuration as administrators see it. Its guard is bound in
 * `app.module.ts`, after the access guard. Does not know what a mode means for logins and secrets.
 */
@Module({
  imports: [UsersModule],
  providers: [AuthModeService, ConfigurationResolver],
})
export class AuthModeModule {}
