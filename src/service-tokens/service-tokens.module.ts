import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ServiceTokenViews } from './service-token-views.service.js';
import { ServiceToken } from './service-token.entity.js';
import { ServiceTokensResolver } from './service-tokens.resolver.js';
import { ServiceTokensService } from './service-tokens.service.js';
import { TokenCreators } from './token-creators.service.js';

/** Owns service tokens, and whether their creators may still have them. Knows no browser session. */
@Module({
  imports: [TypeOrmModule.forFeature([ServiceToken])],
  providers: [ServiceTokensService, TokenCreators, ServiceTokenViews, ServiceTokensResolver],
  exports: [ServiceTokensService, TokenCreators, ServiceTokenViews],
})
export class ServiceTokensModule {}
