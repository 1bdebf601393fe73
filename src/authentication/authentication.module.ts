import { Module } from '@nestjs/common';
import { ServiceTokensModule } from '../service-tokens/service-tokens.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessGuard } from './access.guard.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { Authenticator } from './authenticator.js';

/**
 * Owns the access guard, which is closed by default and for the other auth mode, and finds the principal of a request. It asks through a port who is an
 * administrator by the provider's groups.
 */
@Module({
  imports: [ServiceTokensModule, SessionsModule, ThrottlingModule, UsersModule],
  providers: [Authenticator, SessionAuthenticator, AccessGuard],
  exports: [Authenticator, AccessGuard],
})
export class AuthenticationModule {}
