import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ServiceTokenViews } from './service-token-views.service.js';
import { ServiceToken } from './service-token.entity.js';
import { ServiceTokensResolver } from './service-tokens.resolver.js';
import { ServiceTokensService } from './service-tokens.service.js';
import { TokenCreators } from './token-creators.service.js';

/** Owns the tokens of machines, and whether those who made them still may. Knows no browser session. */
@Module({
  imports: [TypeOrmModule.forFeature([ServiceToken])],
  providers: [ServiceTokensService, TokenCreators, ServiceTokenViews, ServiceTokensResolver],
  exports: [ServiceTokensService, TokenCreators, ServiceTokenViews],
})
export class ServiceTokensModule {}
