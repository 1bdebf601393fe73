import { Module } from '@nestjs/common';
import { ServiceTokensModule } from '../service-tokens/service-tokens.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';

/** Owns who makes a request, and the one guard, closed by default. Whom the provider makes an administrator it asks through a port. */
@Module({
  imports: [ServiceTokensModule, SessionsModule, ThrottlingModule, UsersModule],
  providers: [Authenticator, AccessGuard],
  exports: [Authenticator, AccessGuard],
})
export class AuthenticationModule {}
