import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { AuthModeGuard } from './auth-mode.guard.js';
import { AuthModeService } from './auth-mode.service.js';

/**
 * Owns the rule about switching the auth mode, and the guard that keeps an entrance of the other mode closed. The guard is
 * bound in `app.module.ts`, after the access guard. Does not know what a mode means for logins and secrets.
 */
@Module({
  imports: [UsersModule],
  providers: [AuthModeService, AuthModeGuard],
  exports: [AuthModeService, AuthModeGuard],
})
export class AuthModeModule {}
