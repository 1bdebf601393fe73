import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OwnSessionsResolver } from './own-sessions.resolver.js';
import { ProviderSessionEndings } from './provider-session-endings.service.js';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';

/** Owns browser sessions. Of the provider it knows only the digests by which logouts find a login. */
@Module({
  imports: [TypeOrmModule.forFeature([Session])],
  providers: [SessionsService, ProviderSessionEndings, OwnSessionsResolver],
  exports: [SessionsService, ProviderSessionEndings],
})
export class SessionsModule {}
