import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { AuthModeService } from './auth-mode.service.js';

/**
 * Owns the rule about switching the auth mode. Does not know what a mode means for logins and secrets; the access guard
 * keeps the entrances of the other mode closed.
 */
@Module({
  imports: [UsersModule],
  providers: [AuthModeService],
  exports: [AuthModeService],
})
export class AuthModeModule {}
