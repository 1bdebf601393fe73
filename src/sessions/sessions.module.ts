import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OwnSessionsResolver } from './own-sessions.resolver.js';
import { ProviderSessionEndings } from './provider-session-endings.service.js';
import { Session } from './session.entity.js';
import { SessionNotes } from './session-notes.service.js';
import { SessionsService } from './sessions.service.js';

/** Owns browser sessions. Of the provider it knows only the digests by which logouts find a login. */
@Module({
  imports: [TypeOrmModule.forFeature([Session])],
  providers: [SessionsService, SessionNotes, ProviderSessionEndings, OwnSessionsResolver],
  exports: [SessionsService, SessionNotes, ProviderSessionEndings],
})
export class SessionsModule {}
