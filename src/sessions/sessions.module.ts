import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessCheck } from '../access/access-check.js';
import { UsersModule } from '../users/users.module.js';
import { AccessGuard } from '../authentication/access.guard.js';
import { Authenticator } from '../authentication/authenticator.js';
import { BackchannelLogout } from '../provider-logouts/provider-logout.entity.js';
import { BackchannelLogouts } from '../provider-logouts/provider-logouts.service.js';
import { EndedWithUserResolver } from '../directory/ended-with-user.resolver.js';
import { LoginResolver } from '../login/login.resolver.js';
import { OnceOnly } from '../single-use/single-use.entity.js';
import { OnceOnlyService } from '../single-use/single-use.service.js';
import { OwnSessionsResolver } from './own-sessions.resolver.js';
import { ServiceToken } from '../service-tokens/service-token.entity.js';
import { ServiceTokenViews } from '../service-tokens/service-token-views.service.js';
import { ServiceTokensResolver } from '../service-tokens/service-tokens.resolver.js';
import { ServiceTokensService } from '../service-tokens/service-tokens.service.js';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';
import { TokenCreators } from '../service-tokens/token-creators.service.js';

/**
 * Owns being logged in: sessions of browsers, tokens of machines, things used once, and the one guard, closed by default.
 * Knows local passwords, and of the provider only the digests by which its logouts name a login. Global, because it tells
 * `users` whether a caller still may do what had to wait.
 */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Session, ServiceToken, OnceOnly, BackchannelLogout]), UsersModule],
  providers: [
    SessionsService,
    ServiceTokensService,
    TokenCreators,
    ServiceTokenViews,
    OnceOnlyService,
    BackchannelLogouts,
    Authenticator,
    AccessGuard,
    { provide: AccessCheck, useExisting: AccessGuard },
    LoginResolver,
    OwnSessionsResolver,
    ServiceTokensResolver,
    EndedWithUserResolver,
  ],
  exports: [AccessGuard, AccessCheck, SessionsService, OnceOnlyService, BackchannelLogouts],
})
export class SessionsModule {}
